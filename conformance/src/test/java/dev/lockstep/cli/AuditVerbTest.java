package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.LongTest;
import dev.lockstep.crash.CrashRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

@LongTest
class AuditVerbTest {
    private static final List<String> CRASHES = List.of("kill", "enumerate", "flakey", "kernel");

    @TempDir
    private Path temporary;
    private final StringWriter printed = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Console console = new Console(new PrintWriter(printed, true), new PrintWriter(err, true), false);

    /** A verb that has found a sample, whatever it is asked. */
    @Command(name = "sample")
    private static final class Sample extends Verb {
        private final Ending ending;
        private final String file;
        @Unmatched
        private List<String> given = new ArrayList<>();

        Sample(Console console, Ending ending, String file) {
            super(console);
            this.ending = ending;
            this.file = file;
        }

        @Override
        VerbResult run(Progress progress) throws IOException {
            String text = ending == Ending.NOT_RUN ? "NOT RUN: " + file + ": qemu is missing\n" : "";
            // What it was told, so that a test can look at it.
            return VerbResult.of(ending, sample(file).put("given", String.join(" ", given)), text).in(file);
        }
    }

    /** What a verb would have found: every verdict as pinned, and one policy replayed. */
    private static ObjectNode sample(String tier) throws IOException {
        ObjectNode result = Json.MAPPER.createObjectNode();
        if (tier.equals("check")) {
            result.put("unexpected", 0).put("tlc", "TLC2").put("jar", "bundled").put("specHash", "0123456789abcdef");
            ArrayNode models = result.putArray("models");
            try (SpecFolder spec = SpecFolder.open(Optional.empty())) {
                for (Pin pin : Pins.read(spec).models()) {
                    ObjectNode model = Json.MAPPER.valueToTree(pin);
                    model.put("verdict", pin.expected()).put("seconds", 1.5);
                    model.putArray("unexpected");
                    model.putArray("counterexample");
                    models.add(model);
                }
            }
        } else if (CRASHES.contains(tier)) {
            result.putArray("runs").add(Json.MAPPER.valueToTree(new CrashRun(tier, "Original", "hardened", 7, 1, 0, 512, Map.of("volumes", 3L),
                    List.of(), List.of())));
        } else if (tier.equals("validate")) {
            result.put("recordings", 47).put("events", 20_500).put("rejected", 0).put("killed", 7);
            result.putObject("crashes").put("crashes", 21).put("contents", 60).put("allowed", 9).put("found", 5).putArray("kinds");
        } else {
            result.put("size", "1x1x2").put("specHash", "0123456789abcdef").put("folder", "tmpfs");
            result.putArray("policies").add(Json.MAPPER.valueToTree(new ReplayedPolicy("Original", "hardened", 10, 10, 15, 1000, 0, 5, 2, 3, 4, 1.5, 1.2, 1,
                    1, 1, Map.of("Restart", 15L), null)));
        }
        return result;
    }

    private int audit(Map<String, Ending> endings, String... arguments) {
        Map<String, Verb> verbs = new LinkedHashMap<>();
        endings.forEach((tier, ending) -> verbs.put(tier,
                tier.equals("scenario") ? new ExplainVerb(console) : new Sample(console, ending, tier)));
        List<String> all = new ArrayList<>(List.of("--out", temporary.toString()));
        all.addAll(List.of(arguments));
        return new CommandLine(new AuditVerb(console, verbs))
                .setExecutionExceptionHandler((failure, line, given) -> Failures.tell(failure, console.err()))
                .execute(all.toArray(String[]::new));
    }

    private static Map<String, Ending> endings(Ending replay) {
        Map<String, Ending> endings = new LinkedHashMap<>();
        endings.put("check", Ending.AS_EXPECTED);
        endings.put("scenario", Ending.AS_EXPECTED);
        endings.put("replay", replay);
        endings.put("validate", Ending.AS_EXPECTED);
        endings.put("kill", Ending.AS_EXPECTED);
        endings.put("enumerate", Ending.AS_EXPECTED);
        endings.put("flakey", Ending.AS_EXPECTED);
        endings.put("kernel", Ending.NOT_RUN);
        return endings;
    }

    private Map<String, String> tiers() throws IOException {
        Map<String, String> tiers = new LinkedHashMap<>();
        for (JsonNode tier : Json.MAPPER.readTree(Files.readString(temporary.resolve("audit.json"))).path("tiers")) {
            tiers.put(tier.path("name").asText(), tier.path("result").asText());
        }
        return tiers;
    }

    @Test
    void aTierThatThereIsNotIsAMistakeThatNamesThoseThereAre() {
        Run run = Run.lockstep("audit", "--require", "floppy", "--out", temporary.toString());
        assertThat(run).isEqualTo(new Run(ExitCode.USAGE, "", "lockstep: there is no tier floppy: check, scenario, replay, mutants, "
                + "validate, kill, enumerate, flakey, kernel was expected\n"));
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void everyTierIsRunAndReportedAndThoseThatAreNotAreShownAsSuch() throws IOException {
        int exitCode = audit(endings(Ending.AS_EXPECTED));
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(tiers()).containsExactlyInAnyOrderEntriesOf(Map.of("check", "as expected", "scenario", "as expected", "replay",
                "as expected", "mutants", "not run", "validate", "as expected", "kill", "as expected", "enumerate", "as expected", "flakey",
                "not run", "kernel", "not run"));
        assertThat(temporary.resolve("report.html")).isNotEmptyFile();
        assertThat(temporary.resolve("junit.xml")).isNotEmptyFile();
        assertThat(printed.toString()).contains("47 recordings of the mirror running free, of 20500 events, 0 rejected; 21 kills left 5 of 9 outcomes that are allowed\n", "crash: 7 kills, 7 states; desyncs under Original only; nothing acknowledged "
                + "lost\n", "NOT RUN: kernel. It needs a guest: run with --require kernel.\n", "report: " + temporary.resolve("report.html"));
    }

    @Test
    void aFindingIsTheAuditsFinding() throws IOException {
        assertThat(audit(endings(Ending.FINDING), "--require", "kernel")).isEqualTo(ExitCode.FINDING);
        assertThat(tiers()).containsEntry("replay", "finding");
        assertThat(printed.toString()).contains("FINDING in replay\n");
    }

    @Test
    void aTierThatIsRequiredAndCannotBeRunIsAnExitCodeOfItsOwn() throws IOException {
        assertThat(audit(endings(Ending.AS_EXPECTED), "--require", "kernel")).isEqualTo(ExitCode.NOT_RUN);
        assertThat(tiers()).containsEntry("kernel", "not run").containsEntry("flakey", "not run");
        assertThat(printed.toString()).contains("NOT RUN: kernel. qemu is missing\n");
    }

    @Test
    void aTierThatNeedsAGuestIsRunIfItIsRequired() throws IOException {
        assertThat(audit(endings(Ending.AS_EXPECTED), "--require", "flakey")).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(tiers()).containsEntry("flakey", "as expected").containsEntry("kernel", "not run");
        assertThat(printed.toString()).contains("47 recordings of the mirror running free, of 20500 events, 0 rejected; 21 kills left 5 of 9 outcomes that are allowed\n", "crash: 7 kills, 7 power cuts, 7 states; ");
    }

    @Test
    void crashesAreSmall() throws IOException {
        audit(endings(Ending.AS_EXPECTED), "--require", "flakey");
        for (String tier : List.of("kill", "enumerate", "flakey")) {
            assertThat(Json.MAPPER.readTree(Files.readString(temporary.resolve(tier + ".json"))).path("given").asText())
                    .startsWith("--tier " + tier + " --cycles ");
        }
    }

    @Test
    void aFindingOfACrashIsTheAuditsFinding() throws IOException {
        Map<String, Ending> endings = endings(Ending.AS_EXPECTED);
        endings.put("kill", Ending.FINDING);
        assertThat(audit(endings)).isEqualTo(ExitCode.FINDING);
        assertThat(printed.toString()).contains("FINDING in kill\n");
    }

    @Test
    void whatAnEarlierAuditLeftIsNotTakenForThisOnes() throws IOException {
        for (String name : List.of("check.json", "scenario.json", "replay.json", "mutants.json", "kill.json", "enumerate.json",
                "flakey.json", "kernel.json", "audit.json", "report.html", "junit.xml",
                "mine.txt")) {
            Files.writeString(temporary.resolve(name), "{}");
        }
        int exitCode = audit(Map.of("check", Ending.AS_EXPECTED));
        assertThat(exitCode).as("an audit that breaks off: it has no scenario").isEqualTo(ExitCode.INTERNAL);
        assertThat(temporary).isDirectoryNotContaining(file -> List.of("scenario.json", "replay.json", "mutants.json", "kill.json",
                        "enumerate.json", "flakey.json", "kernel.json", "junit.xml")
                .contains(file.getFileName().toString()) && isStale(file));
        assertThat(temporary.resolve("mine.txt")).hasContent("{}");
    }

    private static boolean isStale(Path file) {
        try {
            return Files.readString(file).equals("{}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void itEndsBySayingWhatWasFound() throws IOException {
        Map<String, JsonNode> found = Map.of(
                "check", Json.MAPPER.readTree("""
                        {"unexpected": 2, "models": [
                          {"policy": "Original", "property": "NoDesync", "counterexampleLength": 21},
                          {"policy": "Original", "property": "NoDesync", "counterexampleLength": 18},
                          {"policy": "Original", "property": "TypeOK", "counterexampleLength": null},
                          {"policy": "MaybeDirty", "property": "NoDesync", "counterexampleLength": 3,
                           "unexpected": ["it has 7 distinct states", "and 9 generated ones"]}]}"""),
                "scenario", Json.MAPPER.readTree("""
                        {"runs": [
                          {"policy": "Original", "outcome": {"bitAfterCrash": "clean", "leg0": "ffff0f", "leg1": "ffff07"}},
                          {"policy": "MaybeDirty", "outcome": {"legsEqual": true}}]}"""),
                "replay", Json.MAPPER.readTree("""
                        {"policies": [{"logFormat": "hardened", "edges": 10, "covered": 9, "steps": 15, "divergences": 0},
                          {"logFormat": "dm", "edges": 10, "covered": 10, "steps": 15, "divergences": 0},
                          {"logFormat": "hardened", "edges": 20, "covered": 20, "steps": 25, "divergences": 1}]}"""),
                "kill", Json.MAPPER.readTree("""
                        {"runs": [{"policy": "Original", "cycles": 5000, "desyncs": 1, "lostAcknowledged": 0},
                          {"policy": "BounceCopy", "cycles": 5, "desyncs": 2, "lostAcknowledged": 3}],
                          "recorded": {"rejected": 1, "allowed": 9, "found": 7}}"""),
                "enumerate", Json.MAPPER.readTree("""
                        {"runs": [], "recorded": {"rejected": 0, "allowed": 1669, "found": 1557}}"""),
                "flakey", Json.MAPPER.readTree("""
                        {"runs": [], "recorded": null}"""));
        assertThat(AuditText.of(found, List.of(new AuditVerb.Tier("check", "as expected", ""), new AuditVerb.Tier("replay", "finding", ""),
                new AuditVerb.Tier("kernel", "not run", "No guest.")), Path.of("out/report.html"))).isEqualTo("""
                bug found in 17 steps: TLC, policy Original, NoDesync
                forced on the mirror, under a bit that says clean:
                  leg 0  ffff0f
                  leg 1  ffff07
                the same steps under MaybeDirty: the legs are equal
                3 of 4 verdicts as expected
                29 of 30 edges replayed in 40 steps on a hardened log, 1 divergences
                10 of 10 edges replayed in 15 steps on a dm log, 0 divergences
                crash: 5,005 kills; desyncs under Original, BounceCopy only; acknowledged data LOST in 3
                outcomes of crashes that were found, of those that the specification allows: kill 7 of 9, enumerate 1,557 of 1,669; recordings with others: 1
                FINDING in replay
                NOT RUN: kernel. No guest.
                report: out/report.html
                """);
    }
}
