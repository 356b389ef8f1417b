package dev.lockstep.cli;

import dev.lockstep.crash.CrashRun;
import dev.lockstep.crash.CrashSettings;
import dev.lockstep.crash.MissingPartException;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.RigFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb {@code crash}: what a mirror leaves when it dies, for real. */
@Command(name = "crash", sortOptions = false,
        description = "Has the mirror die, judges what it left, has it recover, and die again meanwhile. Tiers: kill (SIGKILL), enumerate "
                + "(every crash state of a bounded workload), flakey (power cuts through dm-flakey, always in a "
                + "throw-away guest), kernel (Linux's own dm-mirror).")
final class CrashVerb extends Verb {
    /** The model that says of a policy whether its legs may differ where pages are stored into as the children do. */
    private static final String MODEL = "MCMirror_%s_Mmap_NoDesync";

    @Option(names = "--tier", required = true, paramLabel = "TIER", description = "kill, enumerate, flakey or kernel.")
    private String name = "";

    @Option(names = "--policy", paramLabel = "NAME", description = "Only this policy; may be given more than once.")
    private List<String> names = List.of();

    @Option(names = "--log-format", paramLabel = "FORMAT", defaultValue = LogFormats.BOTH, description = "The log's format: hardened "
            + "(Lockstep's own), dm (dm-mirror's) or both by turns (default: ${DEFAULT-VALUE}). The kernel's mirror has dm.")
    private String format = LogFormats.BOTH;

    @Option(names = "--cycles", paramLabel = "N", description = "As many volumes (kill), cuts (flakey) or states (enumerate), of all "
            + "policies together (default: the tier's own number).")
    private Optional<Long> cycles = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Make the random choices from this number (default: 1).")
    private long seed = 1;

    @Option(names = "--jobs", paramLabel = "N", description = "Work with so many processes at a time (default: 2).")
    private int jobs = 2;

    @Option(names = "--files", paramLabel = "DIR", description = "Have the files that die in a folder in this one (default: of kill, in memory "
            + "where that can be, as a kill leaves what the operating system has; else where temporary files are).")
    private Optional<Path> chosen = Optional.empty();

    @Option(names = "--recordings", paramLabel = "N", description = "Beside that, record so many small mirrors of which TLC can say what a crash may "
            + "leave, and have it judge what is left (default: the tier's own number; 0 of kernel).")
    private Optional<Integer> recordings = Optional.empty();

    CrashVerb(Console console) {
        super(console);
    }

    /**
     * The result, as it is kept.
     *
     * @param runs     what was found of each policy
     * @param recorded what was recorded; null if nothing was
     */
    record Result(List<CrashRun> runs, RecordedTier recorded) {
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        CrashTier tier = CrashTier.named(name);
        if (jobs < 1) {
            throw new UserMistake("--jobs " + jobs + " is not possible: at least 1 was expected");
        }
        if (cycles.isPresent() && cycles.get() < 1) {
            throw new UserMistake("--cycles " + cycles.get() + " is not possible: at least 1 was expected");
        }
        int recorded = recordings.orElse(tier.recordings());
        if (recorded < 0) {
            throw new UserMistake("--recordings " + recorded + " is not possible: at least 0 was expected");
        }
        if (recorded > 0 && tier.recordings() == 0) {
            throw new UserMistake("nothing can be recorded of the tier " + tier + ": --recordings 0 was expected");
        }
        List<LogFormat> formats = LogFormats.parseSome("--log-format", format);
        Path files = chosen.orElseGet(() -> tier == CrashTier.KILL ? MemoryFolder.orTemporary()
                : Path.of(System.getProperty("java.io.tmpdir")));
        if (!Files.isDirectory(files) || !Files.isWritable(files)) {
            throw new UserMistake("the files that die cannot be in " + files + ": a folder that can be written was expected");
        }
        List<Policy> policies = names.isEmpty() ? Policy.all() : names.stream().map(CrashVerb::policy).toList();
        Path kept = folder().path().resolve("crash-" + tier);
        try (SpecFolder spec = SpecFolder.open(Optional.empty()); RigFolder work = RigFolder.in(files, "lockstep-crash-")) {
            CrashSettings settings = new CrashSettings(policies, mayDesync(spec), formats, cycles.orElse(tier.cycles()), seed, jobs, work.path(), kept,
                    progress::show);
            List<CrashRun> runs = tier.run(settings);
            return result(tier, runs, recorded == 0 ? null : RecordedTier.of(tier, tier.record(settings, recorded, spec.path()), folder()));
        } catch (MissingPartException e) {
            console().err().println("lockstep: NOT RUN: " + tier + ": " + e.getMessage());
            return VerbResult.of(Ending.NOT_RUN, new Result(List.of(), null), "NOT RUN: " + tier + ": " + e.getMessage() + "\n")
                    .in(tier.toString());
        }
    }

    private VerbResult result(CrashTier tier, List<CrashRun> runs, RecordedTier recorded) {
        boolean right = runs.stream().allMatch(each -> each.failures().isEmpty()) && (recorded == null || recorded.findings().isEmpty());
        return VerbResult.of(right ? Ending.AS_EXPECTED : Ending.FINDING, new Result(runs, recorded),
                CrashText.of(runs) + (recorded == null ? "" : recorded.text(tier))).withSeed(seed).in(tier.toString());
    }

    private static Policy policy(String name) {
        return Policy.named(name).orElseThrow(() -> new UserMistake("there is no policy " + name + ": "
                + Policy.all().stream().map(Policy::name).collect(Collectors.joining(", ")) + " was expected"));
    }

    /** The policies under which the specification itself says that the legs may differ. */
    private static Set<String> mayDesync(SpecFolder spec) throws IOException {
        Set<String> may = new LinkedHashSet<>();
        List<Pin> pins = new ArrayList<>(Pins.read(spec).models());
        for (Policy policy : Policy.all()) {
            String model = String.format(MODEL, policy.name());
            Pin pin = pins.stream().filter(each -> each.name().equals(model)).findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no verdict for " + model));
            if (!pin.holds()) {
                may.add(policy.name());
            }
        }
        return may;
    }
}
