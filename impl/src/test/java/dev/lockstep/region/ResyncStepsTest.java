package dev.lockstep.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the resync of a region comes to, and the writes that come before and meanwhile. */
class ResyncStepsTest {
    private static RegionState state(Driven driven, int region) {
        return driven.machine.state(region);
    }

    @Test
    void aResyncCopiesEveryChunkToEveryOtherLegInAnyOrder() {
        Driven driven = Driven.open(Policy.ORIGINAL, 2, 3, new BitSet());
        List<Step> copies = driven.make(Action.RESYNC_BEGIN, 1);
        assertThat(copies).containsExactlyInAnyOrder(new Step(Action.RESYNC_COPY, 0, 1), new Step(Action.RESYNC_COPY, 0, 2),
                new Step(Action.RESYNC_COPY, 1, 1), new Step(Action.RESYNC_COPY, 1, 2));
        assertThat(driven.machine.resyncRegion()).isEqualTo(1);
        for (int i = copies.size() - 1; i > 0; i--) {
            assertThat(driven.make(copies.get(i))).isEmpty();
        }
        assertThat(driven.make(copies.get(0))).containsExactly(Step.of(Action.RESYNC_END, 1));
        assertThat(driven.make(Action.RESYNC_END, 1)).isEmpty();
        assertThat(driven.machine.resyncRegion()).isEqualTo(-1);
        assertThat(state(driven, 1)).isEqualTo(RegionState.CLEAN);
        assertThat(driven.machine.bit(1)).as("the bit waits for a round").isFalse();
        driven.makeAll(Action.CERTIFY_BEGIN);
        assertThat(driven.mayBeClean.get(1)).isTrue();
        assertThat(state(driven, 0)).isEqualTo(RegionState.NOSYNC);
    }

    @Test
    void aWriteToARegionBeingResyncedWaitsForItsEndAndThenGoesToEveryLeg() {
        Driven driven = Driven.open(Policy.ORIGINAL, 2, 2, new BitSet());
        driven.make(Action.RESYNC_BEGIN, 0);
        assertThat(driven.make(Action.SUBMIT, 0, 0)).isEmpty();
        assertThat(driven.make(Action.SUBMIT, 1, 1)).containsExactly(Step.of(Action.ISSUE, 1));
        assertThat(driven.machine.phase(0)).isEqualTo(WritePhase.PARKED);
        driven.make(Action.RESYNC_COPY, 0, 1);
        driven.make(Action.RESYNC_COPY, 1, 1);
        assertThat(driven.make(Action.RESYNC_END, 0)).containsExactly(Step.of(Action.ISSUE, 0));
        assertThat(state(driven, 0)).isEqualTo(RegionState.DIRTY);
        assertThat(driven.make(Action.ISSUE, 0)).hasSize(2);
        assertThat(driven.make(Action.ISSUE, 1)).hasSize(1);
    }

    @Test
    void aResyncTakesItsRegionUpAtOnceAndCopiesWhenTheWritesBeforeItHaveEnded() {
        Driven driven = Driven.open(Policy.ORIGINAL, 2, 2, new BitSet());
        driven.make(Action.SUBMIT, 0, 0);
        driven.make(Action.SUBMIT, 1, 0);
        assertThat(driven.make(Action.ISSUE, 0)).as("out of sync: the source alone")
                .containsExactly(new Step(Action.LEG_WRITE, 0, 0));
        assertThat(driven.make(Action.RESYNC_BEGIN, 0)).isEmpty();
        assertThat(state(driven, 0)).isEqualTo(RegionState.RECOVERING);
        driven.make(Action.SUBMIT, 2, 0);
        assertThat(driven.machine.phase(2)).isEqualTo(WritePhase.PARKED);
        assertThat(driven.make(Action.ISSUE, 1)).as("issued during the resync: every leg").hasSize(2);
        driven.make(Action.LEG_WRITE, 0, 0);
        assertThat(driven.make(Action.END_WRITE, 0)).as("the other is in flight").isEmpty();
        driven.make(Action.LEG_WRITE, 1, 0);
        driven.make(Action.LEG_WRITE, 1, 1);
        List<Step> copies = driven.make(Action.END_WRITE, 1);
        assertThat(copies).containsExactly(new Step(Action.RESYNC_COPY, 0, 1), new Step(Action.RESYNC_COPY, 1, 1));
        driven.makeAll(copies);
        assertThat(driven.machine.writes.isEmpty()).as("what was parked has been written too").isTrue();
        assertThat(state(driven, 0)).isEqualTo(RegionState.CLEAN);
    }
}
