package dev.lockstep.crash.enumerate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {
    private static final int WORKLOADS = 200;
    private static final int ACTIONS = 120;
    private static final int PAGE = 4096;
    private static final int SEEDS = 8;

    /** The number of the first workload that may leave a desync after a power cut, or -1. */
    private static int firstDesync(Policy policy, Workload.Marking marking) throws IOException {
        for (int number = 0; number < WORKLOADS; number++) {
            Random random = new Random(number);
            Setting setting = new Setting(policy, Beginning.layout(Plan.ANYTHING, random), LogFormat.HARDENED, Wiring.DIRECT);
            Workload workload = new Workload(setting, Plan.ANYTHING, marking, PAGE, 1, random);
            workload.run(ACTIONS, Workload.Ending.REST);
            boolean[] found = new boolean[1];
            for (Point point : workload.journal().points()) {
                CrashStates.afterCut(point).forEach(4, 4, random, state -> found[0] |= !setting.desyncs(state).isEmpty());
            }
            if (found[0]) {
                return number;
            }
        }
        return -1;
    }

    /** Spec: C4 of the mail, MCMirror_MaybeDirty_StoreMark_NoDesync, is violated. */
    @Test
    void aStoreThatIsMarkedLaterIsMoreThanIdea4CanBear() throws IOException {
        assertThat(firstDesync(Policy.MAYBE_DIRTY, Workload.Marking.LATER)).isNotNegative();
    }

    /** Whatever comes between, the legs are changed, and nothing that is wrong is left. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "(ADD|REMOVE|REPLACE).*")
    void theLegsAreChanged(Plan plan) throws IOException {
        for (Policy policy : Policy.all()) {
            for (int seed = 0; seed < SEEDS; seed++) {
                Random random = new Random(seed);
                Layout layout = Beginning.layout(plan, random);
                LegChange.Wanted wanted = Beginning.change(plan, layout, random).orElseThrow();
                Setting setting = new Setting(policy, layout, LogFormat.HARDENED, true, Optional.of(wanted), Wiring.DIRECT);
                Workload workload = new Workload(setting, plan, Workload.Marking.AT_ONCE, PAGE, 1, random);
                workload.run(ACTIONS, Workload.Ending.UNMOUNT);
                CrashStates.afterCut(workload.journal().points().get(0)).forEach(1, 1, random, found ->
                        assertThat(wanted.isMade(setting.standing(found))).isFalse());
                Standing left = setting.standing(workload.journal().now());
                String which = policy + ", seed " + seed;
                assertThat(left.wrong()).as(which).isEmpty();
                assertThat(wanted.isMade(left)).as(which).isTrue();
                assertThat(left.legsInUse()).as(which).hasSize(layout.legs() + (wanted.kind() == LegChange.Kind.ADD ? 1
                        : wanted.kind() == LegChange.Kind.REMOVE ? -1 : 0));
            }
        }
    }

    @Test
    void theSameSeedMakesTheSameWorkload() throws IOException {
        List<String> first = lines(7);
        assertThat(lines(7)).isEqualTo(first);
        assertThat(lines(8)).isNotEqualTo(first);
    }

    private static List<String> lines(long seed) throws IOException {
        Random random = new Random(seed);
        Workload workload = new Workload(new Setting(Policy.BOUNCE_COPY, Beginning.layout(Plan.ANYTHING, random), LogFormat.HARDENED, Wiring.DIRECT),
                Plan.ANYTHING, Workload.Marking.AT_ONCE, PAGE, 1, random);
        workload.run(ACTIONS, Workload.Ending.UNMOUNT);
        List<Point> points = workload.journal().points();
        List<String> lines = workload.journal().lines(points.get(points.size() - 1));
        assertThat(lines).anyMatch(line -> line.startsWith("store")).anyMatch(line -> line.startsWith("leg 1: write ended"))
                .contains("unmount asked for");
        return lines;
    }
}
