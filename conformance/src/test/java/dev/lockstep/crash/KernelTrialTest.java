package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelTrialTest {
    private final KernelTrial trial = new KernelTrial("dm-mirror, test") {
        @Override
        void carryOut(KernelLab lab) {
            throw new UnsupportedOperationException("this trial is only asked what it has found, and is not carried out");
        }
    };

    @Test
    void whatIsNotAsExpectedIsAFailureOfTheRun() {
        trial.expectEqual(List.of(1), List.of(1), "ones");
        assertThat(trial.failed()).isFalse();
        trial.expectEqual(List.of(1), List.of(2), "twos");
        trial.expect(false, "it rained");
        assertThat(trial.failed()).isTrue();
        assertThat(trial.result().failures()).containsExactly("dm-mirror, test: twos: found [1]; expected [2]",
                "dm-mirror, test: it rained");
    }

    @Test
    void figuresAddUpInTheOrderOfTheirFirstMention() {
        trial.count("rounds", 2);
        trial.count("pages", 0);
        trial.count("rounds", 3);
        trial.cut(true);
        trial.cut(false);
        trial.resynced(512);
        trial.lost(1);
        CrashRun run = trial.result();
        assertThat(run.figures()).containsExactly(Map.entry("rounds", 5L), Map.entry("pages", 0L));
        assertThat(run).extracting(CrashRun::tier, CrashRun::policy, CrashRun::cycles, CrashRun::desyncs,
                CrashRun::lostAcknowledged, CrashRun::resyncBytes).containsExactly("kernel", "dm-mirror, test", 2L, 1L, 1L, 512L);
    }
}
