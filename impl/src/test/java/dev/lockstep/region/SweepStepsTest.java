package dev.lockstep.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rounds and sweeps come to, policy by policy. */
class SweepStepsTest {
    private static RegionState state(Driven driven, int region) {
        return driven.machine.state(region);
    }

    /** A region that was written after a sweep had begun, and drained, is nominated by the next sweep and not by the one before. */
    @Test
    void aSweepNominatesWhatIsMaybeDirtyAndNothingElse() {
        Driven driven = Driven.open(Policy.MAYBE_DIRTY, 3, 2, Driven.clean(3));
        driven.write(0);
        driven.write(1);
        driven.machine.submit(5, 1, new Extent(8, 9));
        driven.machine.nominate();
        assertThat(List.of(state(driven, 0), state(driven, 1), state(driven, 2)))
                .containsExactly(RegionState.CLEAN_CANDIDATE, RegionState.DIRTY, RegionState.CLEAN);
        assertThat(driven.machine.enabled(Step.of(Action.NOMINATE))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Original, true", "LockBuffers, true", "NeverClean, false", "FlushPeriod, false", "MaybeDirty, false",
            "BounceCopy, true", "CompareLegs, false"})
    void aRoundMarksADrainedRegionCleanWhereThePolicyAsksNoMore(String policy, boolean clean) {
        Driven driven = Driven.open(Policy.named(policy).orElseThrow());
        driven.write(0);
        driven.makeAll(List.of(Step.of(Action.CERTIFY_BEGIN)));
        assertThat(driven.machine.bit(0)).isEqualTo(clean);
        assertThat(driven.mayBeClean.get(0)).isEqualTo(clean);
    }

    @Test
    void aWriteKicksItsRegionOutOfTheRoundThatWouldHaveMarkedItClean() {
        Driven driven = Driven.open(Policy.ORIGINAL);
        driven.write(0);
        driven.make(Action.CERTIFY_BEGIN);
        assertThat(driven.machine.chosen(0)).isTrue();
        driven.make(Action.LEG_FLUSH_END, 0);
        assertThat(driven.make(Action.LEG_FLUSH_END, 1)).containsExactly(Step.of(Action.CERTIFY_END));
        assertThat(driven.make(Action.SUBMIT, 0, 0)).containsExactly(Step.of(Action.ISSUE, 0), Step.of(Action.FLUSH_END));
        assertThat(driven.machine.chosen(0)).isFalse();
        driven.make(Action.FLUSH_END);
        assertThat(state(driven, 0)).isEqualTo(RegionState.DIRTY);
        assertThat(driven.machine.bit(0)).isFalse();
    }

    @Test
    void aRoundMarksTheOthersThatItChose() {
        Driven driven = Driven.open(Policy.ORIGINAL);
        driven.write(0);
        driven.write(1);
        driven.make(Action.CERTIFY_BEGIN);
        driven.make(Action.SUBMIT, 0, 0);
        driven.make(Action.LEG_FLUSH_END, 0);
        driven.make(Action.LEG_FLUSH_END, 1);
        driven.makeAll(Action.CERTIFY_END);
        assertThat(driven.machine.bit(0)).isFalse();
        assertThat(driven.machine.bit(1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MaybeDirty", "FlushPeriod"})
    void aSweepMarksCleanWhatIsStillACandidateAfterTheSync(String policy) {
        Driven driven = Driven.open(Policy.named(policy).orElseThrow(), 3, 2, Driven.clean(3));
        driven.write(0);
        driven.write(1);
        assertThat(driven.make(Action.NOMINATE)).containsExactly(Step.of(Action.SYNC_BEGIN));
        assertThat(state(driven, 0)).isEqualTo(RegionState.CLEAN_CANDIDATE);
        driven.make(Action.SYNC_BEGIN);
        driven.write(1);
        driven.write(2);
        assertThat(state(driven, 1)).isEqualTo(RegionState.MAYBE_DIRTY);
        assertThat(driven.make(Action.SYNC_END)).containsExactly(Step.of(Action.CERTIFY_BEGIN));
        driven.makeAll(Action.CERTIFY_BEGIN);
        assertThat(driven.machine.sweep()).isEqualTo(Sweep.IDLE);
        assertThat(List.of(state(driven, 0), state(driven, 1), state(driven, 2)))
                .containsExactly(RegionState.CLEAN, RegionState.MAYBE_DIRTY, RegionState.MAYBE_DIRTY);
        assertThat(driven.mayBeClean.get(0)).isTrue();
        assertThat(driven.mayBeClean.get(1)).isFalse();
    }

    /** The next sweep has two regions to tell apart: with one, a region that is being written leaves it nothing to nominate. */
    @Test
    void aRegionThatIsWrittenAfterAFailedSyncIsNoCandidateOfTheNextSweep() {
        Driven driven = Driven.open(Policy.MAYBE_DIRTY, 3, 2, Driven.clean(3));
        driven.write(0);
        driven.write(1);
        driven.make(Action.NOMINATE);
        driven.make(Action.SYNC_BEGIN);
        driven.make(Action.SYNC_FAILS);
        assertThat(List.of(state(driven, 0), state(driven, 1))).containsOnly(RegionState.MAYBE_DIRTY);
        driven.make(Action.SUBMIT, 0, 0);
        driven.make(Action.NOMINATE);
        driven.make(Action.SYNC_BEGIN);
        driven.makeAll(driven.make(Action.SYNC_END));
        assertThat(List.of(state(driven, 0), state(driven, 1))).containsExactly(RegionState.DIRTY, RegionState.CLEAN);
        assertThat(driven.mayBeClean.get(0)).isFalse();
        assertThat(driven.mayBeClean.get(1)).isTrue();
    }

    @Test
    void aSweepThatFindsARoundUnderWayCertifiesAfterIt() {
        Driven driven = Driven.open(Policy.MAYBE_DIRTY);
        driven.write(0);
        driven.make(Action.NOMINATE);
        driven.make(Action.SYNC_BEGIN);
        driven.make(Action.FLUSH_BEGIN);
        assertThat(driven.make(Action.SYNC_END)).isEmpty();
        driven.make(Action.LEG_FLUSH_END, 0);
        driven.make(Action.LEG_FLUSH_END, 1);
        assertThat(driven.machine.bit(0)).isFalse();
        assertThat(driven.make(Action.FLUSH_END)).containsExactly(Step.of(Action.CERTIFY_BEGIN));
    }

    @Test
    void aSweepWhoseCandidatesWereAllWrittenEndsWithoutMarkingAny() {
        Driven driven = Driven.open(Policy.MAYBE_DIRTY);
        driven.write(0);
        driven.make(Action.NOMINATE);
        driven.make(Action.SYNC_BEGIN);
        driven.write(0);
        driven.make(Action.SYNC_END);
        driven.makeAll(Action.CERTIFY_BEGIN);
        assertThat(driven.machine.sweep()).isEqualTo(Sweep.IDLE);
        assertThat(state(driven, 0)).isEqualTo(RegionState.MAYBE_DIRTY);
        assertThat(driven.make(Action.NOMINATE)).containsExactly(Step.of(Action.SYNC_BEGIN));
    }

    @Test
    void anUnmountDuringASweepEndsTheSweepAndMarksItsCandidates() {
        Driven driven = Driven.open(Policy.MAYBE_DIRTY);
        driven.write(0);
        driven.make(Action.NOMINATE);
        driven.make(Action.SYNC_BEGIN);
        List<Step> next = driven.make(Action.UNMOUNT_BEGIN);
        assertThat(driven.machine.enabled(Step.of(Action.SYNC_END))).isFalse();
        driven.makeAll(next);
        assertThat(driven.machine.mode()).isEqualTo(Mode.DOWN);
        assertThat(driven.mayBeClean).isEqualTo(Driven.clean(2));
    }

    @Test
    void anUnmountDuringARoundGoesOnWhenTheRoundHasEnded() {
        Driven driven = Driven.open(Policy.NEVER_CLEAN);
        driven.write(0);
        List<Step> round = driven.make(Action.FLUSH_BEGIN);
        assertThat(driven.make(Action.UNMOUNT_BEGIN)).isEmpty();
        driven.makeAll(round);
        assertThat(driven.machine.mode()).isEqualTo(Mode.DOWN);
        assertThat(driven.mayBeClean).isEqualTo(Driven.clean(2));
    }
}
