package dev.lockstep.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(new Extent(0, 3).overlaps(new Extent(3, 4))).isFalse();
        assertThat(new Extent(2, 3).overlaps(new Extent(0, 9))).isTrue();
        assertThat(new Extent(0, 9).overlaps(new Extent(8, 12))).isTrue();
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

    @ParameterizedTest
    @FieldSource("POLICIES")
    void aQuietVolumeTakesOneByteOfTheMachineForEachRegion(Policy policy) throws IllegalAccessException {
        assertThat(bytesWhenQuiet(policy, 3000) - bytesWhenQuiet(policy, 1000)).isEqualTo(2000);
    }

    private static long bytesWhenQuiet(Policy policy, int regions) throws IllegalAccessException {
        Driven driven = Driven.open(policy, regions, 2, Driven.clean(regions));
        for (int region = 0; region < regions; region++) {
            driven.write(region);
        }
        // Every policy comes to rest by this, and memory is asked for after.
        driven.makeAll(Action.UNMOUNT_BEGIN);
        driven.makeAll(Action.RESTART);
        return arrayBytes(driven.machine, driven.machine.getClass());
    }

    /** The length of all arrays that an object of ours holds; a collection must be empty, so that it holds none. */
    private static long arrayBytes(Object object, Class<?> type) throws IllegalAccessException {
        long bytes = 0;
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
                    continue;
                }
                field.setAccessible(true);
                Object value = field.get(object);
                if (value == null || value instanceof Enum || value instanceof Policy) {
                    continue;
                } else if (value instanceof byte[] array) {
                    bytes += array.length;
                } else if (value instanceof int[] array) {
                    bytes += (long) Integer.BYTES * array.length;
                } else if (value instanceof Write[] array) {
                    assertThat(array).as(field.toString()).containsOnlyNulls();
                    bytes += (long) Long.BYTES * array.length;
                } else if (value instanceof WriteSteps[] array) {
                    // As many as there were writes in flight.
                    bytes += (long) Long.BYTES * array.length;
                } else if (value instanceof Collection<?> collection) {
                    assertThat(collection).as(field.toString()).isEmpty();
                } else if (value instanceof Map<?, ?> map) {
                    assertThat(map).as(field.toString()).isEmpty();
                } else if (value.getClass().isArray()) {
                    assertThat(Array.getLength(value)).as(field + ", an item for each leg or each state")
                            .isIn(2, RegionState.values().length);
                } else if (value.getClass().getPackage() == RegionMachine.class.getPackage()) {
                    // The table of regions is shared by the machine and its log's writer.
                    bytes += value instanceof RegionTable && object instanceof LogWriter ? 0
                            : arrayBytes(value, value.getClass());
                } else {
                    throw new AssertionError("what does " + field + " cost for each region?");
                }
            }
        }
        return bytes;
    }
}
