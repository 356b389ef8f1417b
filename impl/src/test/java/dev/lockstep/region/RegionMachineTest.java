package dev.lockstep.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What the driver comes to, policy by policy. */
class RegionMachineTest {
    static final List<Policy> POLICIES = Policy.all();

    private static RegionState state(Driven driven, int region) {
        return driven.machine.state(region);
    }

    @Test
    void openingBelievesTheLogAndWritesItAgain() {
        BitSet clean = new BitSet();
        clean.set(1);
        Driven driven = new Driven(Policy.ORIGINAL, 2, 2, 1, clean);
        assertThat(driven.make(Action.RESTART)).containsExactly(Step.of(Action.LOG_WRITE));
        assertThat(state(driven, 0)).isEqualTo(RegionState.NOSYNC);
        assertThat(state(driven, 1)).isEqualTo(RegionState.CLEAN);
        assertThat(driven.machine.durablyDirty(0)).isFalse();
        LogUpdate update = driven.machine.logWrite();
        assertThat(update).isEqualTo(new LogUpdate(true, false, List.of()));
        driven.makeAll(Action.LOG_FLUSH_BEGIN);
        assertThat(driven.machine.durablyDirty(0)).isTrue();
        assertThat(driven.machine.durablyDirty(1)).isFalse();
    }

    @Test
    void openedOnceMoreNothingThatTheLogSaysCountsAsDurable() {
        Driven driven = Driven.open(Policy.ORIGINAL, 2, 2, new BitSet());
        driven.makeAll(Action.UNMOUNT_BEGIN);
        assertThat(driven.machine.mode()).isEqualTo(Mode.DOWN);
        driven.make(Action.RESTART);
        assertThat(driven.machine.durablyDirty(0)).isFalse();
        assertThat(driven.make(Action.SUBMIT, 0, 0)).isEmpty();
        assertThat(driven.machine.enabled(Step.of(Action.ISSUE, 0))).isFalse();
    }

    @Test
    void ofTheLogOnlyWhatChangedIsWritten() {
        Driven driven = Driven.open(Policy.ORIGINAL, 3, 2, Driven.clean(3));
        driven.make(Action.SUBMIT, 0, 2);
        driven.make(Action.SUBMIT, 1, 0);
        assertThat(driven.machine.logWrite()).isEqualTo(new LogUpdate(false, false,
                List.of(new LogUpdate.Change(0, false), new LogUpdate.Change(2, false))));
    }

    /** A leg that is added finds every region dirty; of two million regions no list is made. */
    @Test
    void allRegionsTurnDirtyInOneChangeOfTheLog() {
        Driven driven = new Driven(Policy.ORIGINAL, 2 << 20, 3, 1, Driven.clean(2 << 20)).without(4);
        driven.makeAll(Action.RESTART);
        driven.make(Action.SUBMIT, 0, 7);
        assertThat(driven.machine.enabled(Step.of(Action.READMIT, 2))).isFalse();
        assertThat(driven.machine.dirtyAll()).containsExactly(Step.of(Action.LOG_WRITE));
        assertThat(driven.machine.logWrite()).isEqualTo(new LogUpdate(true, true, List.of()));
        driven.makeAll(Action.LOG_FLUSH_BEGIN);
        assertThat(driven.machine.enabled(Step.of(Action.DIRTY_ALL))).isFalse();
        assertThat(driven.machine.durablyDirty((2 << 20) - 1)).isTrue();
    }

    @Test
    void wherePlacesHoldNoLegRegionsAreMarkedCleanAllTheSame() {
        Driven driven = new Driven(Policy.ORIGINAL, 2, 9, 1, Driven.clean(2)).without(0b1_1111_1100);
        driven.makeAll(Action.RESTART);
        driven.write(1);
        assertThat(driven.machine.bit(1)).isFalse();
        driven.makeAll(Action.CERTIFY_BEGIN);
        assertThat(driven.machine.bit(1)).isTrue();
        assertThat(driven.mayBeClean).isEqualTo(Driven.clean(2));
    }

    @Test
    void whatADirtyAllHasTurnedDirtyIsMarkedCleanByTheNextRoundIfNoLegIsTakenIn() {
        Driven driven = new Driven(Policy.ORIGINAL, 2, 3, 1, Driven.clean(2)).without(4);
        driven.makeAll(Action.RESTART);
        driven.makeAll(Action.DIRTY_ALL);
        assertThat(driven.mayBeClean.isEmpty()).isTrue();
        driven.makeAll(Action.CERTIFY_BEGIN);
        assertThat(driven.cleanNow).isEqualTo(Driven.clean(2));
        assertThat(driven.machine.enabled(Step.of(Action.READMIT, 2))).isFalse();
    }

    @Test
    void aBitThatIsTurnedAndTurnedBackIsNotWritten() {
        Driven driven = Driven.open(Policy.ORIGINAL);
        driven.write(0);
        driven.make(Action.CERTIFY_BEGIN);
        driven.make(Action.LEG_FLUSH_END, 0);
        driven.make(Action.LEG_FLUSH_END, 1);
        driven.make(Action.CERTIFY_END);
        assertThat(driven.machine.bit(0)).isTrue();
        assertThat(driven.make(Action.SUBMIT, 0, 0)).containsExactly(Step.of(Action.ISSUE, 0));
        assertThat(driven.machine.enabled(Step.of(Action.LOG_WRITE))).isFalse();
    }

    @Test
    void writesThatWaitForTheLogTogetherAreFreedTogether() {
        Driven driven = Driven.open(Policy.ORIGINAL);
        driven.make(Action.SUBMIT, 0, 0);
        driven.make(Action.LOG_WRITE);
        driven.make(Action.SUBMIT, 1, 0);
        driven.make(Action.SUBMIT, 2, 1);
        driven.make(Action.LOG_FLUSH_BEGIN);
        assertThat(driven.make(Action.LOG_FLUSH_END)).containsExactly(Step.of(Action.ISSUE, 0), Step.of(Action.ISSUE, 1),
                Step.of(Action.LOG_WRITE));
    }

    @ParameterizedTest
    @CsvSource({"Original, CLEAN", "LockBuffers, CLEAN", "NeverClean, DIRTY", "FlushPeriod, MAYBE_DIRTY",
            "MaybeDirty, MAYBE_DIRTY", "BounceCopy, CLEAN", "CompareLegs, MAYBE_DIRTY"})
    void aDrainedRegionIsWhatThePolicySays(String policy, RegionState drained) {
        Driven driven = Driven.open(Policy.named(policy).orElseThrow());
        driven.write(0);
        assertThat(state(driven, 0)).isEqualTo(drained);
        assertThat(driven.machine.bit(0)).isFalse();
        assertThat(driven.mayBeClean.get(0)).isFalse();
        assertThat(state(driven, 1)).isEqualTo(RegionState.CLEAN);
        assertThat(driven.mayBeClean.get(1)).isTrue();
    }

    @Test
    void aQuiesceThatWasPutOffIsMadeUnlessTheRegionWasWrittenSince() {
        Driven driven = Driven.open(Policy.MAYBE_DIRTY);
        driven.write(0);
        RegionMachine machine = driven.machine;
        machine.submit(1, 0, new Extent(0, 1));
        machine.issue(1);
        assertThat(machine.legWrites(1, 0b11)).containsExactly(Step.of(Action.END_WRITE, 1));
        assertThat(machine.endWrite(1)).containsExactly(Step.of(Action.QUIESCE, 0));
        machine.quiesceLater(0);
        assertThat(state(driven, 0)).isEqualTo(RegionState.DIRTY);

        machine.submit(2, 0, new Extent(0, 1));
        machine.quiescePutOff();
        assertThat(state(driven, 0)).as("a write is pending").isEqualTo(RegionState.DIRTY);
        machine.issue(2);
        assertThat(machine.legWrites(2, 0b01)).isEmpty();
        assertThat(machine.legWrites(2, 0b01)).as("it does not wait for that leg any more").isEmpty();
        assertThat(machine.legWrites(2, 0b11)).containsExactly(Step.of(Action.END_WRITE, 2));
        assertThat(machine.endWrite(2)).containsExactly(Step.of(Action.QUIESCE, 0));
        machine.quiesceLater(0);
        machine.quiescePutOff();
        assertThat(state(driven, 0)).isEqualTo(RegionState.MAYBE_DIRTY);
        assertThatThrownBy(() -> machine.quiesceLater(0)).isInstanceOf(IllegalStateException.class).hasMessage("Quiesce is not enabled");
        machine.nominate();
        machine.quiescePutOff();
        assertThat(state(driven, 0)).isEqualTo(RegionState.CLEAN_CANDIDATE);
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void anUnmountMarksAllThatHasDrainedCleanDurably(Policy policy) {
        Driven driven = Driven.open(policy, 3, 3, Driven.clean(3));
        driven.write(0);
        driven.write(2);
        driven.makeAll(Action.UNMOUNT_BEGIN);
        assertThat(driven.machine.mode()).isEqualTo(Mode.DOWN);
        assertThat(driven.mayBeClean).isEqualTo(Driven.clean(3));
        assertThat(driven.cleanNow).isEqualTo(Driven.clean(3));
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void aKillLeavesEveryRegionInUseOutOfSync(Policy policy) {
        Driven driven = Driven.open(policy, 3, 2, Driven.clean(3));
        driven.make(Action.SUBMIT, 0, 1);
        driven.make(Action.LOG_WRITE);
        driven.make(Action.LOG_FLUSH_BEGIN);
        driven.make(Action.LOG_FLUSH_END);
        driven.make(Action.ISSUE, 0);
        driven.make(Action.LEG_WRITE, 0, 0);
        Driven after = driven.killed();
        after.makeAll(Action.RESTART);
        assertThat(List.of(state(after, 0), state(after, 1), state(after, 2)))
                .containsExactly(RegionState.CLEAN, RegionState.NOSYNC, RegionState.CLEAN);
    }

    @Test
    void aWriteToARegionOutOfSyncGoesToTheSourceAlone() {
        RegionMachine machine = new RegionMachine(Policy.ORIGINAL, 1, 3, 2, 1);
        machine.restart(region -> false);
        machine.logWrite();
        machine.logFlushBegin();
        machine.logFlushEnd();
        machine.submit(0, 0, new Extent(0, 1));
        assertThat(machine.issue(0)).containsExactly(new Step(Action.LEG_WRITE, 0, 2));
        assertThat(machine.legsTodo(0)).isEqualTo(0b100);
        assertThat(machine.mayRead(0, 2)).isTrue();
        assertThat(machine.mayRead(0, 0)).isFalse();
        machine.legWrite(0, 2);
        assertThat(machine.endWrite(0)).isEmpty();
        assertThat(machine.state(0)).isEqualTo(RegionState.NOSYNC);
    }

    @Test
    void aWriteToARegionInSyncGoesToEveryLeg() {
        Driven driven = Driven.open(Policy.ORIGINAL, 1, 3, Driven.clean(1));
        driven.make(Action.SUBMIT, 0, 0);
        driven.make(Action.LOG_WRITE);
        driven.make(Action.LOG_FLUSH_BEGIN);
        driven.make(Action.LOG_FLUSH_END);
        assertThat(driven.make(Action.ISSUE, 0)).containsExactly(new Step(Action.LEG_WRITE, 0, 0),
                new Step(Action.LEG_WRITE, 0, 1), new Step(Action.LEG_WRITE, 0, 2));
        assertThat(driven.machine.mayRead(0, 0)).isTrue();
        assertThat(driven.machine.mayRead(0, 1)).as("a DIRTY region is read from the source").isFalse();
    }

    @Test
    void ofOverlappingWritesOneGoesAtATimeInTheOrderInWhichTheyCame() {
        Driven driven = Driven.open(Policy.ORIGINAL, 1, 2, new BitSet());
        RegionMachine machine = driven.machine;
        assertThat(machine.submit(0, 0, new Extent(0, 4))).containsExactly(Step.of(Action.ISSUE, 0));
        assertThat(machine.submit(1, 0, new Extent(3, 6))).as("it overlaps the first, which waits to be issued").isEmpty();
        assertThat(machine.submit(2, 0, new Extent(5, 8))).as("it overlaps the second").isEmpty();
        assertThat(machine.submit(3, 0, new Extent(8, 9))).containsExactly(Step.of(Action.ISSUE, 3));
        assertThat(machine.enabled(Step.of(Action.ISSUE, 1))).isFalse();
        assertThat(machine.enabled(Step.of(Action.ISSUE, 2))).as("the first would allow it; the second came before it").isFalse();
        machine.issue(0);
        machine.legWrite(0, 0);
        assertThat(machine.enabled(Step.of(Action.ISSUE, 1))).as("a leg has the first").isFalse();
        machine.issue(3);
        machine.legWrite(3, 0);
        assertThat(machine.endWrite(3)).as("nothing waited for it").isEmpty();
        assertThat(machine.endWrite(0)).containsExactly(Step.of(Action.ISSUE, 1));
        machine.issue(1);
        machine.legWrite(1, 0);
        assertThat(machine.endWrite(1)).containsExactly(Step.of(Action.ISSUE, 2));
    }

    @Test
    void aWriteOfNoBlocksIsNone() {
        assertThatThrownBy(() -> new Extent(3, 3)).hasMessage("blocks 3 to 3 are no extent; at least one block is expected");
    }
}
