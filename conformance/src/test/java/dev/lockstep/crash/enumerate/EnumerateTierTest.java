package dev.lockstep.crash.enumerate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.crash.CrashRun;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@LongTest
class EnumerateTierTest {
    private static final Set<String> MAY_DESYNC = Set.of("Original", "FlushPeriod");
    private static final Limits FEW = new Limits(List.of(Plan.values()), 8, 4, 2, 1, 4);
    private static final List<LogFormat> BOTH = List.of(LogFormat.HARDENED, LogFormat.DM);
    private static final long SEED = 42;

    @TempDir
    private Path kept;
    private final List<String> progress = new ArrayList<>();

    private CrashRun run(Policy policy, long states, long seed, Wiring wiring) throws IOException {
        return run(policy, LogFormat.DM, states, seed, wiring);
    }

    private CrashRun run(Policy policy, LogFormat format, long states, long seed, Wiring wiring) throws IOException {
        return new EnumerateTier(List.of(policy), List.of(format), MAY_DESYNC, states, seed, kept, progress::add, FEW, wiring).run().get(0);
    }

    private CrashRun run(Policy policy, long states) throws IOException {
        return run(policy, states, SEED, Wiring.DIRECT);
    }

    private static Wiring inUse(UnaryOperator<List<Leg>> doctored) {
        return new Wiring(doctored, UnaryOperator.identity());
    }

    private static Wiring inRecovery(UnaryOperator<List<Leg>> doctored) {
        return new Wiring(UnaryOperator.identity(), doctored);
    }

    @Test
    void originalShowsDesyncsAndThePoliciesThatAreRightShowNone() throws IOException {
        List<CrashRun> runs = new EnumerateTier(Policy.all(), BOTH, MAY_DESYNC, 1, SEED, kept, progress::add, FEW, Wiring.DIRECT)
                .run();
        assertThat(runs).extracting(run -> run.policy() + run.logFormat()).containsExactlyElementsOf(Policy.all().stream()
                .flatMap(policy -> Stream.of(policy.name() + "hardened", policy.name() + "dm")).toList());
        for (CrashRun run : runs) {
            assertThat(run.failures()).as(run.policy()).isEmpty();
            assertThat(run.lostAcknowledged()).as(run.policy()).isZero();
            assertThat(run.desyncs() > 0).as(run.policy()).isEqualTo(run.policy().equals("Original"));
            assertThat(run.tier()).isEqualTo("enumerate");
            assertThat(run.resyncBytes()).isPositive();
            assertThat(run.figures().keySet()).containsExactly("points", "states", "distinct", "secondCrashStates", "recoveries",
                    "statesPerSecond");
            boolean hardened = run.logFormat().equals("hardened");
            assertThat(run.workloads().keySet()).containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of("a log made", "a volume set up",
                    "a log converted"), Stream.of(Plan.values()).filter(plan -> hardened || plan.change().isEmpty()
                    || Set.of(Plan.ADD_CLOSED, Plan.REPLACE, Plan.REPLACE_CLOSED).contains(plan)).map(Plan::toString)).toList());
            assertThat(run.workloads().values()).allMatch(states -> states > 0);
            assertThat(run.workloads().values().stream().mapToLong(states -> states).sum()).isEqualTo(run.cycles());
            assertThat(run.cycles()).isEqualTo(run.figures().get("states") + run.figures().get("secondCrashStates"));
            assertThat(run.figures().get("distinct")).isLessThan(run.figures().get("states"));
        }
        assertThat(progress).hasSize(2 * Policy.all().size()).filteredOn(line -> line.matches(".* of a leg replaced in use, .* of a leg removed "
                + "from a closed volume, .*")).hasSize(Policy.all().size());
        assertThat(kept).isEmptyDirectory();
    }

    @Test
    void theSameSeedFindsTheSameAndAnotherSeedDoesNot() throws IOException {
        CrashRun first = run(Policy.MAYBE_DIRTY, 1);
        assertThat(without(run(Policy.MAYBE_DIRTY, 1))).isEqualTo(without(first));
        assertThat(without(run(Policy.MAYBE_DIRTY, 1, SEED + 1, Wiring.DIRECT))).isNotEqualTo(without(first));
    }

    private static Map<String, Object> without(CrashRun run) {
        Map<String, Object> all = new LinkedHashMap<>(run.figures());
        all.remove("statesPerSecond");
        all.put("resyncBytes", run.resyncBytes());
        all.put("failures", run.failures());
        return all;
    }

    @Test
    void asManyStatesAreLookedAtAsWereAskedFor() throws IOException {
        CrashRun few = run(Policy.BOUNCE_COPY, 1);
        long wanted = few.figures().get("states") + 1;
        assertThat(run(Policy.BOUNCE_COPY, wanted).figures().get("states")).isGreaterThanOrEqualTo(wanted);
    }

    @Test
    void legsThatNobodyFlushesAreFound() throws IOException {
        CrashRun run = run(Policy.BOUNCE_COPY, 1, SEED, inUse(DoctoredDevices.legsUnflushed()));
        assertThat(run.desyncs()).isPositive();
        assertThat(run.failures()).anyMatch(each -> each.contains("the legs differ: block"));
        assertThat(run.failures().get(0)).startsWith("seed 42, workload 1").contains("after event")
                .contains("java -jar conformance/target/lockstep.jar crash --tier enumerate --policy BounceCopy --log-format dm --cycles 1 --seed 42");
        assertThat(run.failures()).hasSize(4).last().asString().matches("and \\d+ more like these");
    }

    /** What the first crash could have left is no fault of the recovery; what the recovery brings about is. */
    @Test
    void aRecoveryThatDesyncsIsFoundUnderAPolicyThatMayDesyncToo() throws IOException {
        CrashRun run = run(Policy.ORIGINAL, 1, SEED, inRecovery(DoctoredDevices.legsUnflushed()));
        assertThat(run.failures()).anyMatch(each -> each.contains("under a bit that says clean, and did not before the recovery"));
    }

    /** A policy that may show desyncs is not excused for what no desync explains. */
    @Test
    void whatIsAcknowledgedAndNotDurableIsFound() throws IOException {
        CrashRun run = run(Policy.ORIGINAL, 3000, SEED, inUse(DoctoredDevices.legsUnflushed()));
        assertThat(run.lostAcknowledged()).isPositive();
        assertThat(run.failures()).anyMatch(each -> each.contains("something acknowledged is lost: block"));
    }

    @Test
    void theImagesOfTheFirstFailuresAreKept() throws IOException {
        run(Policy.BOUNCE_COPY, 1, SEED, inUse(DoctoredDevices.legsUnflushed()));
        try (Stream<Path> folders = Files.list(kept)) {
            assertThat(folders).hasSize(3);
        }
        Path first = kept.resolve("enumerate-BounceCopy-dm-42-1");
        assertThat(Files.size(first.resolve("leg0"))).isPositive().isEqualTo(Files.size(first.resolve("leg1")));
        assertThat(Files.size(first.resolve("log"))).isEqualTo(1536);
        assertThat(Files.readAllLines(first.resolve("events.txt"))).contains("open", "log: flush ended")
                .anyMatch(each -> each.startsWith("store into page"));
    }

    @Test
    void aDirtyMarkThatComesAfterTheDataIsFound() throws IOException {
        CrashRun run = run(Policy.LOCK_BUFFERS, 1, SEED, inUse(DoctoredDevices.logLate()));
        assertThat(run.failures()).anyMatch(each -> each.contains("the legs differ: block"));
    }

    @Test
    void aLogThatNobodyFlushesIsFound() throws IOException {
        CrashRun run = run(Policy.COMPARE_LEGS, 1, SEED, inUse(DoctoredDevices.logUnflushed()));
        assertThat(run.failures()).anyMatch(each -> each.contains("the log is trusted, and its bits are neither"));
        assertThat(run.desyncs()).isPositive();
    }

    @Test
    void aRecoveryThatDoesNotMakeLegsEqualIsFound() throws IOException {
        // The source may be either leg; so that one of the two is no source in one of the first workloads, there are some.
        CrashRun run = run(Policy.NEVER_CLEAN, 1500, SEED, inRecovery(DoctoredDevices.legUnwritten(1)));
        assertThat(run.failures()).anyMatch(each -> each.contains("after the recovery block"));
    }

    @Test
    void aRecoveryThatMarksCleanBeforeItFlushesIsFoundByTheSecondCrash() throws IOException {
        CrashRun run = run(Policy.BOUNCE_COPY, 1, SEED, inRecovery(DoctoredDevices.legsUnflushed()));
        assertThat(run.failures()).anyMatch(each -> each.contains("then a power cut")
                && each.contains("under a bit that says clean, and did not before the recovery"));
    }

    @Test
    void anOriginalThatShowsNoDesyncProvesNothing() throws IOException {
        CrashRun run = run(new Policy("Original", LegsRead.COPIED, CleanWhen.DRAINED), 1);
        assertThat(run.failures()).singleElement().asString().startsWith("this tier proves nothing: Original shows no desync in");
    }

    @Test
    void aDesyncOfAPolicyThatMayShowNoneIsAFailure() throws IOException {
        CrashRun run = run(new Policy("Doctored", LegsRead.SHARED, CleanWhen.DRAINED), 1);
        assertThat(run.failures()).anyMatch(each -> each.contains("the legs differ: block"));
    }
}
