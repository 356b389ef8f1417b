package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** What the command line and the verbs other than {@code volume} can be given that they cannot use. */
final class BadArguments {
    private static final String MODEL = "MCAtomicDisk_TypeOK";
    private static final String POLICIES = "Original, LockBuffers, NeverClean, FlushPeriod, MaybeDirty, "
            + "BounceCopy, CompareLegs";

    private BadArguments() {
    }

    static Stream<BadInput> all() {
        return Stream.of(usage(), out(), replay(), traces(), check(), specs(), others()).flatMap(each -> each);
    }

    private static Stream<BadInput> usage() {
        return Stream.of(
                new BadInput("no verb", folder -> List.of(), "a verb was expected: audit, check", "volume"),
                new BadInput("unknown verb", folder -> List.of("mirror"), "there is no verb mirror", "lockstep --help"),
                new BadInput("volume without a command", folder -> List.of("volume"),
                        "a command was expected after volume: create, status"),
                new BadInput("unknown command of volume", folder -> List.of("volume", "destroy"), "'destroy'",
                        "lockstep volume --help"),
                new BadInput("unknown option", folder -> with(folder.status(), "--loud"), "unknown option: '--loud'",
                        "lockstep volume status --help"),
                new BadInput("option without its value", folder -> List.of("volume", "status", "--log"), "--log",
                        "lockstep volume status --help"),
                new BadInput("create without a size", folder -> {
                    List<String> arguments = with(folder.create("b.log", "b.0", "b.1"));
                    arguments.subList(arguments.indexOf("--size"), arguments.indexOf("--size") + 2).clear();
                    return arguments;
                }, "--size=BYTES", "lockstep volume create --help"));
    }

    private static Stream<BadInput> out() {
        return Stream.of("audit", "check", "replay", "explain ext2-bitmap", "mutants", "volume status", "volume create")
                .map(verb -> new BadInput(verb + ": unwritable --out", folder -> {
                    List<String> arguments = switch (verb) {
                        case "volume status" -> with(folder.status());
                        case "volume create" -> with(folder.create("b.log", "b.0", "b.1"));
                        default -> with(List.of(verb.split(" ")), "--out", "");
                    };
                    arguments.set(arguments.indexOf("--out") + 1, folder.file("a.log/results").toString());
                    return arguments;
                }, "the results cannot be written into DIR/a.log/results",
                        "a folder was expected, and DIR/a.log is a file"));
    }

    private static Stream<BadInput> replay() {
        return Stream.of(
                verb("unknown policy for replay", "there is no policy Careful: " + POLICIES + " was expected",
                        "replay", "--policy", "Careful"),
                verb("unknown format of a log for replay", "--log-format ext4 is no format of a log: hardened, dm or both was expected",
                        "replay", "--log-format", "ext4"),
                verb("something else that does not happen in a replay", "nothing that happens in a replay is called flood; direct, fail, flushFails, "
                        + "syncFails, scrub, replace, absent, mmap is expected", "replay", "--environment", "flood"),
                verb("a leg that is replaced where none is ever out", "--environment replace: a leg is replaced that is out of use; fail, "
                        + "flushFails or absent is expected with it", "replay", "--environment", "replace"),
                verb("replay size that is none", "size big is no size", "replay", "big"),
                verb("replay size without a leg", "size 1x1x0 is no size", "replay", "1x1x0"),
                verb("replay size with one leg", "size 1x1x1 cannot be replayed", "replay", "1x1x1"),
                verb("replay size too large", "size 9x8x3 cannot be replayed", "replay", "9x8x3"),
                new BadInput("replay: a file for --files", folder -> in(folder, "replay", "--files",
                        folder.file("a.log").toString()), "DIR/a.log: a folder that can be written was expected"),
                new BadInput("replay: a missing folder for --files", folder -> in(folder, "replay", "--files",
                        folder.file("no").toString()), "DIR/no: a folder that can be written was expected"));
    }

    private static Stream<BadInput> traces() {
        return Stream.of(
                new BadInput("missing trace", folder -> in(folder, "replay", "--trace", folder.file("t").toString()),
                        "DIR/t: expected a trace (ITF), but there is no such file"),
                trace("trace that is no JSON", "not JSON", "DIR/t: expected a trace (ITF), but it is not JSON"),
                trace("trace that is other JSON", "{}", "DIR/t"),
                trace("trace of another model", trace("0123456789abcdef", "Original"),
                        "DIR/t is a trace of another model: its spec is 0123456789abcdef, and this one is "),
                trace("trace of an unknown policy", trace("0123456789abcdef", "Careful"),
                        "DIR/t: the trace's policy is Careful; " + POLICIES + " is expected"));
    }

    private static BadInput trace(String name, String text, String said) {
        return new BadInput(name, folder -> {
            Path file = Files.writeString(folder.file("t"), text);
            return in(folder, "replay", "--trace", file.toString());
        }, said);
    }

    private static String trace(String specHash, String policy) {
        return """
                {"#meta": {"format": "ITF", "specHash": "%s", "policy": "%s", "size": "1x1x2"}, "vars": ["x"],
                 "states": [{"#meta": {"index": 0}, "x": 0}]}
                """.formatted(specHash, policy);
    }

    private static Stream<BadInput> check() {
        return Stream.of(
                verb("unknown model for check", "there is no model MCMirrow; the nearest are ", "check", "MCMirrow"),
                verb("no job at a time", "--jobs 0 is not possible: at least 1 was expected", "check", "--jobs", "0"),
                verb("jobs that are no number", "--jobs", "check", "--jobs", "many"),
                verb("--pin without a spec", "--pin needs --spec", "check", "--pin"),
                new BadInput("missing jar of TLC", folder -> in(folder, "check", "--tla2tools",
                        folder.file("tlc.jar").toString()), "there is no file DIR/tlc.jar", "a jar with TLC"),
                new BadInput("jar of TLC that is no jar", folder -> in(folder, "check", "--tla2tools",
                        folder.file("a.log").toString()), "DIR/a.log is not a jar", "a jar with TLC"),
                new BadInput("jar that is no TLC", folder -> {
                    new JarOutputStream(Files.newOutputStream(folder.file("other.jar"))).close();
                    return in(folder, "check", "--tla2tools", folder.file("other.jar").toString());
                }, "DIR/other.jar holds no tlc2.TLC", "a jar with TLC"));
    }

    private static Stream<BadInput> specs() {
        return Stream.of(
                new BadInput("missing folder of a spec", folder -> in(folder, "check", "--spec",
                        folder.file("spec").toString()), "there is no folder DIR/spec", "was expected"),
                new BadInput("folder without a spec", folder -> in(folder, "check", "--spec", folder.path().toString()),
                        "there is no model in DIR", "were expected"),
                spec("check: spec with a syntax error", "AtomicDisk.tla", "AtomicDisk.tla", "check", MODEL),
                spec("replay: spec with a syntax error", "Mirror.tla", "Mirror.tla", "replay", "--policy", "Original"),
                spec("spec whose verdicts are no JSON", "verdicts.json", "DIR/spec/verdicts.json", "check", MODEL),
                spec("model with a configuration that is none", MODEL + ".cfg", MODEL, "check", MODEL));
    }

    /** A copy of the spec, in which one file is broken. */
    private static BadInput spec(String name, String broken, String said, String... verb) {
        return new BadInput(name, folder -> {
            Path copy = copySpec(folder.file("spec"));
            String text = Files.readString(copy.resolve(broken));
            Files.writeString(copy.resolve(broken), broken.endsWith(".tla")
                    ? text.replaceFirst("\n====", "\nX == (1 +\n====") : "no such thing\n" + text);
            List<String> arguments = in(folder, verb);
            arguments.addAll(List.of("--spec", copy.toString()));
            return arguments;
        }, said);
    }

    private static Path copySpec(Path to) throws IOException {
        Files.createDirectory(to);
        try (SpecFolder spec = SpecFolder.open(Optional.empty()); Stream<Path> files = Files.list(spec.path())) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
        return to;
    }

    private static Stream<BadInput> others() {
        return Stream.of(
                verb("unknown scenario", "there is no scenario ext3: ext2-bitmap was expected", "explain", "ext3"),
                verb("unknown mutant", "there is no mutant cosmic-ray: ", "mutants", "cosmic-ray"),
                verb("unknown tier", "luck", "audit", "--require", "luck"));
    }

    private static BadInput verb(String name, String said, String... arguments) {
        return new BadInput(name, folder -> in(folder, arguments), said);
    }

    /** The arguments, and a folder for results that are not to come about. */
    private static List<String> in(VolumeFolder folder, String... arguments) {
        return with(Arrays.asList(arguments), "--out", folder.out().resolve("none").toString());
    }

    private static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(Arrays.asList(more));
        return all;
    }
}
