package dev.lockstep.cli;

import dev.lockstep.bench.Bench;
import dev.lockstep.bench.BenchResult;
import dev.lockstep.bench.BenchSettings;
import dev.lockstep.bench.Soak;
import dev.lockstep.bench.SoakResult;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.RigFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb {@code bench}: what the mirror costs. */
@Command(name = "bench", sortOptions = false,
        description = "Measures the mirror in turn with two bare files, and with NeverClean, in one run; tells ratios, and the noise. "
                + "Nothing else should run on the machine meanwhile.")
final class BenchVerb extends Verb {
    private static final int ROUNDS = 41;
    private static final long MEASURE_NANOS = Duration.ofMillis(30).toNanos();
    private static final int WARM_UP = 500_000;
    private static final int QUICK_WARM_UP = 10_000;
    private static final int QUICK_ROUNDS = 5;
    private static final long QUICK_NANOS = Duration.ofMillis(5).toNanos();
    private static final long LARGEST_BLOCK = 1 << 20;

    @Option(names = "--block", paramLabel = "BYTES", description = "Only writes of this length, a power of two from 4KiB to 1MiB; may be given "
            + "more than once (default: 4KiB, 64KiB, 1MiB).")
    private List<String> blocks = List.of("4KiB", "64KiB", "1MiB");

    @Option(names = "--policy", paramLabel = "NAME", description = "Only this policy, and NeverClean; may be given more than once.")
    private List<String> names = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "So many rounds of each load (default: 41).")
    private Optional<Integer> rounds = Optional.empty();

    @Option(names = "--quick", description = "Few and short rounds: to see that it works, and not for figures.")
    private boolean quick;

    @Option(names = "--dir", paramLabel = "DIR", description = "Have the files in a folder in this one (default: where temporary files are).")
    private Path dir = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--seed", paramLabel = "N", description = "Make the random orders from this number (default: 1).")
    private long seed = 1;

    @Option(names = "--soak", paramLabel = "SECONDS", description = "Measure nothing, but use a volume for so long from 16 threads, with sweeps, "
            + "scrubs and resyncs meanwhile, and compare its legs at the end.")
    private Optional<Integer> soak = Optional.empty();

    BenchVerb(Console console) {
        super(console);
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        if (!Files.isDirectory(dir) || !Files.isWritable(dir)) {
            throw new UserMistake("the files cannot be in " + dir + ": a folder that can be written was expected");
        }
        requireAtLeastOne("--rounds", rounds);
        requireAtLeastOne("--soak", soak);
        List<Policy> policies = policies();
        List<Integer> lengths = blocks.stream().map(BenchVerb::block).distinct().toList();
        try (RigFolder work = RigFolder.in(dir, "lockstep-bench-")) {
            if (soak.isPresent()) {
                return soak(work.path(), policies, progress);
            }
            BenchResult result = new Bench(new BenchSettings(lengths, policies, rounds.orElse(quick ? QUICK_ROUNDS : ROUNDS),
                    quick ? QUICK_WARM_UP : WARM_UP, quick ? QUICK_NANOS : MEASURE_NANOS, seed, work.path(), progress::show)).run();
            return VerbResult.of(Ending.AS_EXPECTED, result, BenchText.of(result, quick)).withSeed(seed);
        }
    }

    private VerbResult soak(Path folder, List<Policy> policies, Progress progress) throws IOException {
        List<SoakResult> results = new ArrayList<>();
        for (Policy policy : names.isEmpty() ? List.of(Policy.MAYBE_DIRTY) : policies) {
            progress.show("soak of " + soak.get() + " s: " + policy.name());
            try (RigFolder work = RigFolder.in(folder, "soak-")) {
                results.add(Soak.forSeconds(work.path(), policy, seed, soak.get()));
            }
        }
        boolean right = results.stream().allMatch(SoakResult::isRight);
        return VerbResult.of(right ? Ending.AS_EXPECTED : Ending.FINDING, new Soaks(results),
                results.stream().map(each -> each + "\n").collect(Collectors.joining())).withSeed(seed).in("soak");
    }

    /** The result of a soak, as it is kept. */
    record Soaks(List<SoakResult> soaks) {
    }

    private List<Policy> policies() {
        List<Policy> chosen = names.isEmpty() ? Policy.all() : names.stream().map(name -> Policy.named(name).orElseThrow(
                () -> new UserMistake("there is no policy " + name + ": "
                        + Policy.all().stream().map(Policy::name).collect(Collectors.joining(", ")) + " was expected"))).toList();
        return Policy.all().stream().filter(policy -> chosen.contains(policy) || policy.equals(Policy.NEVER_CLEAN) && soak.isEmpty()).toList();
    }

    private static int block(String text) {
        long bytes = ByteCount.parse("--block", text);
        if (bytes < 4096 || bytes > LARGEST_BLOCK || Long.bitCount(bytes) != 1) {
            throw new UserMistake("--block " + text + " is not possible: a power of two from 4KiB to 1MiB was expected");
        }
        return (int) bytes;
    }

    private static void requireAtLeastOne(String option, Optional<Integer> number) {
        if (number.isPresent() && number.get() < 1) {
            throw new UserMistake(option + " " + number.get() + " is not possible: at least 1 was expected");
        }
    }
}
