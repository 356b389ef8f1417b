package dev.lockstep.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must not be done, and that it is refused by name and changes nothing. */
class RegionMachineGuardsTest {
    private static final BitSet NONE_CLEAN = new BitSet();

    private static void refused(Driven driven, Action action, int... parameters) {
        String before = driven.seen();
        assertThatThrownBy(() -> driven.make(action, parameters)).isInstanceOf(IllegalStateException.class)
                .hasMessage(action.specName() + " is not enabled");
        assertThat(driven.seen()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"RESTART", "WRITE_BACK_CLEAR", "COPY_PAGE"})
    void aVolumeThatIsDownCanBeOpenedAndNothingElse(Action action) {
        refused(new Driven(Policy.MAYBE_DIRTY, 2, 2, 2, Driven.clean(2)), action);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"SUBMIT", "SUSPECT", "FLUSH_BEGIN", "UNMOUNT_BEGIN", "WRITE_BACK_CLEAR", "COPY_PAGE",
            "NOTICE_FAILURE"})
    void aVolumeAtRestIsWaitingForItsUser(Action action) {
        refused(Driven.open(Policy.MAYBE_DIRTY), action);
    }

    @Test
    void twoWritesInFlightHaveTwoNumbers() {
        Driven driven = Driven.open(Policy.ORIGINAL);
        driven.make(Action.SUBMIT, 7, 0);
        assertThatThrownBy(() -> driven.make(Action.SUBMIT, 7, 1)).isInstanceOf(IllegalStateException.class)
                .hasMessage("write 7 is in flight already");
        assertThat(driven.machine.state(1)).isEqualTo(RegionState.CLEAN);
    }

    @Test
    void nothingIsWrittenToALogThatSaysWhatItShould() {
        Driven driven = Driven.open(Policy.ORIGINAL);
        driven.make(Action.SUBMIT, 0, 0);
        driven.make(Action.LOG_WRITE);
        refused(driven, Action.LOG_WRITE);
        refused(driven, Action.LOG_FLUSH_END);
        driven.make(Action.LOG_FLUSH_BEGIN);
        refused(driven, Action.LOG_FLUSH_BEGIN);
        driven.make(Action.LOG_FLUSH_END);
        refused(driven, Action.LOG_WRITE);
    }

    @Test
    void aWriteWaitsUntilTheLogsFlushHasEnded() {
        Driven driven = Driven.open(Policy.ORIGINAL);
        driven.make(Action.SUBMIT, 0, 0);
        refused(driven, Action.ISSUE, 0);
        driven.make(Action.LOG_WRITE);
        refused(driven, Action.ISSUE, 0);
        driven.make(Action.LOG_FLUSH_BEGIN);
        refused(driven, Action.ISSUE, 0);
        driven.make(Action.LOG_FLUSH_END);
        driven.make(Action.ISSUE, 0);
        refused(driven, Action.ISSUE, 0);
    }

    @Test
    void aWriteWaitsAfterOpeningEvenIfItsBitIsDirtyInTheLog() {
        Driven driven = new Driven(Policy.ORIGINAL, 2, 2, 2, NONE_CLEAN);
        driven.make(Action.RESTART);
        driven.make(Action.SUBMIT, 0, 0);
        refused(driven, Action.ISSUE, 0);
        refused(driven, Action.RESYNC_BEGIN, 1);
    }

    @Test
    void eachLegIsWrittenOnceAndTheWriteEndsWhenAllAre() {
        Driven driven = Driven.open(Policy.ORIGINAL, 1, 3, Driven.clean(1));
        driven.make(Action.SUBMIT, 0, 0);
        refused(driven, Action.LEG_WRITE, 0, 0);
        driven.makeAll(Action.LOG_WRITE);
        assertThat(driven.machine.state(0)).as("makeAll went on to the end").isEqualTo(RegionState.CLEAN);

        driven.make(Action.SUBMIT, 0, 0);
        driven.make(Action.ISSUE, 0);
        driven.make(Action.LEG_WRITE, 0, 2);
        refused(driven, Action.LEG_WRITE, 0, 2);
        refused(driven, Action.END_WRITE, 0);
        driven.make(Action.LEG_WRITE, 0, 0);
        refused(driven, Action.END_WRITE, 0);
        driven.make(Action.LEG_WRITE, 0, 1);
        driven.make(Action.END_WRITE, 0);
        refused(driven, Action.END_WRITE, 0);
    }

    @Test
    void aRegionWithAWriteInFlightHasNotDrained() {
        Driven driven = Driven.open(Policy.ORIGINAL);
        driven.make(Action.SUBMIT, 0, 0);
        driven.make(Action.SUBMIT, 1, 0);
        refused(driven, Action.QUIESCE, 0);
        refused(driven, Action.UNMOUNT_BEGIN);
        refused(driven, Action.QUIESCE, 1);
    }

    @Test
    void underNeverCleanNoRegionQuiesces() {
        Driven driven = Driven.open(Policy.NEVER_CLEAN);
        driven.write(0);
        refused(driven, Action.QUIESCE, 0);
        refused(driven, Action.CERTIFY_BEGIN);
        refused(driven, Action.NOMINATE);
    }

    @Test
    void thereIsOneRoundAtATime() {
        Driven driven = Driven.open(Policy.ORIGINAL);
        driven.write(0);
        driven.make(Action.FLUSH_BEGIN);
        refused(driven, Action.FLUSH_BEGIN);
        refused(driven, Action.CERTIFY_BEGIN);
        refused(driven, Action.FLUSH_END);
        driven.make(Action.LEG_FLUSH_END, 0);
        refused(driven, Action.LEG_FLUSH_END, 0);
        refused(driven, Action.FLUSH_END);
        driven.make(Action.LEG_FLUSH_END, 1);
        refused(driven, Action.CERTIFY_END);
        driven.make(Action.FLUSH_END);
        driven.make(Action.CERTIFY_BEGIN);
        driven.make(Action.LEG_FLUSH_END, 1);
        refused(driven, Action.CERTIFY_END);
        driven.make(Action.LEG_FLUSH_END, 0);
        refused(driven, Action.FLUSH_END);
        driven.make(Action.CERTIFY_END);
        refused(driven, Action.CERTIFY_BEGIN);
    }

    @Test
    void aSweepGoesThroughItsStepsInOrder() {
        Driven driven = Driven.open(Policy.MAYBE_DIRTY);
        driven.write(0);
        refused(driven, Action.CERTIFY_BEGIN);
        driven.make(Action.NOMINATE);
        refused(driven, Action.CERTIFY_BEGIN);
        refused(driven, Action.SYNC_END);
        refused(driven, Action.COMPARE, 0, 0);
        driven.write(1);
        refused(driven, Action.NOMINATE);
        driven.make(Action.SYNC_BEGIN);
        refused(driven, Action.SYNC_BEGIN);
        refused(driven, Action.CERTIFY_BEGIN);
        driven.make(Action.SYNC_END);
        refused(driven, Action.SYNC_END);
        refused(driven, Action.NOMINATE);
    }

    @Test
    void underTheOtherPoliciesThereIsNoSweep() {
        for (Policy policy : new Policy[] {Policy.ORIGINAL, Policy.LOCK_BUFFERS, Policy.BOUNCE_COPY}) {
            Driven driven = Driven.open(policy);
            driven.write(0);
            refused(driven, Action.NOMINATE);
        }
    }

    @Test
    void oneRegionOutOfSyncIsResyncedAtATime() {
        BitSet lastClean = new BitSet();
        lastClean.set(2);
        Driven driven = Driven.open(Policy.ORIGINAL, 3, 2, lastClean);
        refused(driven, Action.RESYNC_BEGIN, 2);
        driven.make(Action.SUBMIT, 0, 1);
        driven.make(Action.RESYNC_BEGIN, 0);
        refused(driven, Action.RESYNC_BEGIN, 0);
        driven.makeAll(Action.ISSUE, 0);
        refused(driven, Action.RESYNC_BEGIN, 1);
        refused(driven, Action.RESYNC_COPY, 0, 0);
        driven.make(Action.RESYNC_COPY, 1, 1);
        refused(driven, Action.RESYNC_COPY, 1, 1);
        refused(driven, Action.RESYNC_END, 0);
        driven.make(Action.RESYNC_COPY, 0, 1);
        refused(driven, Action.RESYNC_END, 1);
        driven.make(Action.RESYNC_END, 0);
        refused(driven, Action.RESYNC_END, 0);
        driven.make(Action.RESYNC_BEGIN, 1);
    }

    @Test
    void aRegionIsNotSuspectedWhileItIsWrittenOrResynced() {
        Driven driven = Driven.open(Policy.ORIGINAL, 2, 2, Driven.clean(2));
        driven.make(Action.SUBMIT, 0, 0);
        refused(driven, Action.SUSPECT, 0);
        driven.make(Action.SUSPECT, 1);
        driven.makeAll(Action.LOG_WRITE);
        driven.make(Action.SUSPECT, 0);
        driven.make(Action.RESYNC_BEGIN, 1);
        refused(driven, Action.SUSPECT, 1);
        driven.make(Action.UNMOUNT_BEGIN);
        refused(driven, Action.SUSPECT, 0);
    }

    @Test
    void aRegionThatIsSuspectedIsNotMarkedCleanByTheRoundUnderWay() {
        Driven driven = Driven.open(Policy.ORIGINAL);
        driven.write(0);
        driven.make(Action.CERTIFY_BEGIN);
        driven.make(Action.LEG_FLUSH_END, 0);
        driven.make(Action.LEG_FLUSH_END, 1);
        assertThat(driven.make(Action.SUSPECT, 0)).contains(Step.of(Action.FLUSH_END));
        refused(driven, Action.CERTIFY_END);
        driven.make(Action.FLUSH_END);
        assertThat(driven.machine.state(0)).isEqualTo(RegionState.NOSYNC);
    }

    @Test
    void aCopyWaitsForTheWritesThatCameBeforeTheResync() {
        Driven driven = Driven.open(Policy.ORIGINAL, 2, 2, NONE_CLEAN);
        driven.make(Action.SUBMIT, 0, 0);
        driven.make(Action.SUBMIT, 1, 0);
        driven.make(Action.RESYNC_BEGIN, 0);
        refused(driven, Action.RESYNC_COPY, 0, 1);
        driven.makeAll(Action.ISSUE, 0);
        refused(driven, Action.RESYNC_COPY, 0, 1);
        driven.make(Action.ISSUE, 1);
        driven.make(Action.LEG_WRITE, 1, 0);
        driven.make(Action.LEG_WRITE, 1, 1);
        refused(driven, Action.RESYNC_COPY, 1, 1);
        refused(driven, Action.RESYNC_END, 0);
        driven.make(Action.END_WRITE, 1);
        driven.make(Action.RESYNC_COPY, 1, 1);
    }

    @Test
    void onlyACandidateThatWasNotWrittenSinceIsComparedAndEachChunkOnce() {
        Driven driven = Driven.open(Policy.COMPARE_LEGS, 3, 2, Driven.clean(3));
        driven.write(0);
        driven.write(1);
        refused(driven, Action.COMPARE, 0, 0);
        driven.make(Action.NOMINATE);
        refused(driven, Action.COMPARE, 2, 0);
        refused(driven, Action.NOMINATE);
        refused(driven, Action.SYNC_BEGIN);
        refused(driven, Action.SYNC_END);
        driven.make(Action.COMPARE, 0, 1);
        refused(driven, Action.COMPARE, 0, 1);
        driven.make(Action.SUBMIT, 0, 0);
        refused(driven, Action.COMPARE, 0, 0);
        refused(driven, Action.CERTIFY_BEGIN);
        driven.differing.set(1);
        driven.make(Action.COMPARE, 1, 1);
        refused(driven, Action.COMPARE, 1, 0);
        driven.make(Action.CERTIFY_BEGIN);
        refused(driven, Action.CERTIFY_BEGIN);
    }

    @Test
    void aVolumeThatComparesIsNotClosedBeforeAllIsCompared() {
        Driven driven = Driven.open(Policy.COMPARE_LEGS);
        driven.make(Action.SUBMIT, 0, 0);
        driven.make(Action.LOG_WRITE);
        driven.make(Action.LOG_FLUSH_BEGIN);
        driven.make(Action.LOG_FLUSH_END);
        driven.make(Action.ISSUE, 0);
        driven.make(Action.LEG_WRITE, 0, 0);
        driven.make(Action.LEG_WRITE, 0, 1);
        driven.make(Action.END_WRITE, 0);
        driven.make(Action.UNMOUNT_BEGIN);
        refused(driven, Action.UNMOUNT_END);
        refused(driven, Action.CERTIFY_BEGIN);
        refused(driven, Action.NOMINATE);
        driven.make(Action.QUIESCE, 0);
        refused(driven, Action.UNMOUNT_END);
        refused(driven, Action.CERTIFY_BEGIN);
        driven.make(Action.NOMINATE);
        driven.make(Action.COMPARE, 0, 0);
        refused(driven, Action.UNMOUNT_END);
        refused(driven, Action.CERTIFY_BEGIN);
        driven.make(Action.COMPARE, 0, 1);
        refused(driven, Action.UNMOUNT_END);
        driven.makeAll(Action.CERTIFY_BEGIN);
        assertThat(driven.machine.mode()).isEqualTo(Mode.DOWN);
        assertThat(driven.cleanNow).isEqualTo(Driven.clean(2));
    }

    @Test
    void aVolumeThatClosesTakesNothingAndEndsWhatItHas() {
        Driven driven = Driven.open(Policy.NEVER_CLEAN);
        driven.write(0);
        driven.make(Action.UNMOUNT_BEGIN);
        for (Action action : new Action[] {Action.SUBMIT, Action.FLUSH_BEGIN, Action.UNMOUNT_BEGIN, Action.RESTART}) {
            refused(driven, action);
        }
        refused(driven, Action.UNMOUNT_END);
        driven.make(Action.CERTIFY_BEGIN);
        refused(driven, Action.UNMOUNT_END);
        driven.make(Action.LEG_FLUSH_END, 0);
        driven.make(Action.LEG_FLUSH_END, 1);
        driven.make(Action.CERTIFY_END);
        refused(driven, Action.UNMOUNT_END);
        driven.make(Action.LOG_WRITE);
        refused(driven, Action.UNMOUNT_END);
        driven.make(Action.LOG_FLUSH_BEGIN);
        refused(driven, Action.UNMOUNT_END);
        driven.make(Action.LOG_FLUSH_END);
        driven.make(Action.UNMOUNT_END);
        refused(driven, Action.UNMOUNT_END);
    }

    @Test
    void aVolumeThatWasJustOpenedIsNotClosedBeforeItsLogIsDurable() {
        Driven driven = new Driven(Policy.ORIGINAL, 1, 2, 1, Driven.clean(1));
        driven.make(Action.RESTART);
        driven.make(Action.UNMOUNT_BEGIN);
        refused(driven, Action.UNMOUNT_END);
        driven.makeAll(Action.LOG_WRITE);
        assertThat(driven.machine.mode()).isEqualTo(Mode.DOWN);
    }

    @Test
    void aVolumeIsNotClosedWhileARegionIsResynced() {
        Driven driven = Driven.open(Policy.ORIGINAL, 2, 2, NONE_CLEAN);
        driven.make(Action.RESYNC_BEGIN, 1);
        assertThat(driven.make(Action.UNMOUNT_BEGIN)).isEmpty();
        refused(driven, Action.UNMOUNT_END);
        refused(driven, Action.RESYNC_BEGIN, 0);
        driven.make(Action.RESYNC_COPY, 0, 1);
        driven.makeAll(Action.RESYNC_COPY, 1, 1);
        assertThat(driven.machine.mode()).isEqualTo(Mode.DOWN);
        assertThat(driven.mayBeClean.get(0)).as("bit of the region that was not resynced").isFalse();
        assertThat(driven.cleanNow.get(1)).as("bit of the region that was").isTrue();
    }
}
