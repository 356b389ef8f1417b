package dev.lockstep.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sweep that compares: what it nominates, offers, certifies and finds out of sync. */
class RegionMachineComparisonTest {
    private static RegionState state(Driven driven, int region) {
        return driven.machine.state(region);
    }

    @Test
    void aSweepThatComparesMarksCleanWhatIsEqualAndTakesTheRestOutOfSync() {
        Driven driven = Driven.open(Policy.COMPARE_LEGS, 3, 2, Driven.clean(3));
        driven.write(0);
        driven.write(2);
        driven.differing.set(2);
        assertThat(driven.machine.sweeps()).isZero();
        List<Step> comparisons = driven.make(Action.NOMINATE);
        assertThat(comparisons).containsExactly(new Step(Action.COMPARE, 0, 0), new Step(Action.COMPARE, 0, 1),
                new Step(Action.COMPARE, 2, 0), new Step(Action.COMPARE, 2, 1));
        assertThat(driven.machine.sweep()).isEqualTo(Sweep.COMPARING);
        assertThat(driven.machine.sweeps()).isEqualTo(1);
        assertThat(driven.make(Action.COMPARE, 0, 1)).isEmpty();
        assertThat(driven.make(Action.COMPARE, 2, 0)).isEmpty();
        assertThat(state(driven, 2)).isEqualTo(RegionState.NOSYNC);
        assertThat(driven.machine.compareTodo(2, 1)).as("nothing more is to be known of it").isFalse();
        assertThat(driven.make(Action.COMPARE, 0, 0)).containsExactly(Step.of(Action.CERTIFY_BEGIN));
        driven.makeAll(Action.CERTIFY_BEGIN);
        assertThat(driven.machine.sweep()).isEqualTo(Sweep.IDLE);
        assertThat(driven.mayBeClean.get(0)).isTrue();
        assertThat(driven.mayBeClean.get(2)).isFalse();
        driven.makeAll(Action.RESYNC_BEGIN, 2);
        assertThat(state(driven, 2)).as("its bit is dirty durably, so it can be resynced").isEqualTo(RegionState.CLEAN);
    }

    @Test
    void aWriteKicksItsRegionOutOfTheComparison() {
        Driven driven = Driven.open(Policy.COMPARE_LEGS);
        driven.write(0);
        driven.write(1);
        driven.make(Action.NOMINATE);
        assertThat(driven.make(Action.SUBMIT, 0, 0)).containsExactly(Step.of(Action.ISSUE, 0));
        driven.make(Action.COMPARE, 1, 0);
        assertThat(driven.make(Action.SUBMIT, 1, 1)).as("it was the last").containsExactly(Step.of(Action.ISSUE, 1),
                Step.of(Action.CERTIFY_BEGIN));
        driven.makeAll(Action.CERTIFY_BEGIN);
        assertThat(driven.machine.sweep()).isEqualTo(Sweep.IDLE);
        assertThat(List.of(state(driven, 0), state(driven, 1))).containsOnly(RegionState.DIRTY);
        driven.makeAll(List.of(Step.of(Action.ISSUE, 0), Step.of(Action.ISSUE, 1)));
        assertThat(driven.make(Action.NOMINATE)).as("the next sweep begins anew").hasSize(4);
    }

    @Test
    void ofManyCandidatesSomeAreOfferedAtATime() {
        Driven driven = Driven.open(Policy.COMPARE_LEGS, 10, 2, Driven.clean(10));
        for (int region = 0; region < 10; region++) {
            driven.write(region);
        }
        List<Step> first = driven.make(Action.NOMINATE);
        assertThat(first).hasSize(8).last().isEqualTo(new Step(Action.COMPARE, 3, 1));
        assertThat(driven.make(Action.SUBMIT, 0, 2)).as("one that is kicked out makes room").containsExactly(
                Step.of(Action.ISSUE, 0), new Step(Action.COMPARE, 4, 0), new Step(Action.COMPARE, 4, 1));
        assertThat(driven.make(Action.COMPARE, 3, 0)).isEmpty();
        assertThat(driven.make(Action.COMPARE, 3, 1)).as("so does one that is done").containsExactly(
                new Step(Action.COMPARE, 5, 0), new Step(Action.COMPARE, 5, 1));
        driven.differing.set(9);
        assertThat(driven.make(Action.COMPARE, 9, 0)).as("out of turn, and no room by that").isEmpty();
        driven.makeAll(first);
        driven.makeAll(List.of(Step.of(Action.ISSUE, 0), new Step(Action.COMPARE, 4, 0), new Step(Action.COMPARE, 4, 1),
                new Step(Action.COMPARE, 5, 0), new Step(Action.COMPARE, 5, 1)));
        assertThat(driven.machine.sweep()).as("all were compared").isEqualTo(Sweep.IDLE);
        assertThat(state(driven, 2)).isEqualTo(RegionState.MAYBE_DIRTY);
        assertThat(state(driven, 9)).isEqualTo(RegionState.NOSYNC);
        assertThat(driven.mayBeClean.cardinality()).isEqualTo(8);
    }

    @Test
    void aComparisonThatEndsDuringARoundIsCertifiedAfterIt() {
        Driven driven = Driven.open(Policy.COMPARE_LEGS);
        driven.write(0);
        driven.make(Action.NOMINATE);
        List<Step> round = driven.make(Action.FLUSH_BEGIN);
        driven.make(Action.COMPARE, 0, 0);
        assertThat(driven.make(Action.COMPARE, 0, 1)).isEmpty();
        driven.makeAll(round);
        assertThat(driven.mayBeClean).isEqualTo(Driven.clean(2));
    }

    @Test
    void anUnmountDuringAComparisonGoesOnWithItAndLeavesWhatDiffersDirty() {
        Driven driven = Driven.open(Policy.COMPARE_LEGS, 4, 2, Driven.clean(4));
        driven.write(0);
        driven.write(1);
        driven.differing.set(1);
        List<Step> comparisons = driven.make(Action.NOMINATE);
        driven.write(2);
        assertThat(driven.make(Action.UNMOUNT_BEGIN)).as("region 2 is for the next sweep").isEmpty();
        driven.makeAll(comparisons);
        assertThat(driven.machine.mode()).isEqualTo(Mode.DOWN);
        BitSet clean = Driven.clean(4);
        clean.clear(1);
        assertThat(driven.cleanNow).isEqualTo(clean);
        assertThat(driven.mayBeClean).isEqualTo(clean);
    }
}
