package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LegNotRecordedException;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Membership;
import dev.lockstep.region.Action;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.LogIo;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.MissingLeg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A leg that fails of a volume that has a place to record it: the volume goes on, and nothing is acknowledged before the record. */
class VolumeFailoverTest {
    private static final Layout LAYOUT = new Layout(4 * (8 << 10), 8 << 10, 2, 0);
    private static final int LOG = 2;

    private final QueueSteps steps = new QueueSteps();
    private final MemoryRecord record = new MemoryRecord(Membership.whole(0));
    private final List<VolumeEvent> events = new ArrayList<>();

    private Volume open(Rig rig) {
        Volume volume = rig.open(record, steps, events::add);
        steps.run();
        return volume;
    }

    private static Rig rig(Policy policy) throws IOException {
        return Rig.inMemory(policy, LAYOUT);
    }

    private static ByteBuffer filled(int with) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(512);
        while (bytes.hasRemaining()) {
            bytes.put((byte) with);
        }
        return bytes.flip();
    }

    private static int read(Volume volume, long position) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(512);
        volume.read(bytes, position);
        return bytes.get(0);
    }

    private static RegionState state(Volume volume, int region) {
        return volume.inspect(driver -> driver.state(region));
    }

    @Test
    void aWriteThatALegHasMissedEndsOnceThatIsRecorded() throws IOException {
        Faults faults = Faults.io(Faults.Kind.WRITE, 1);
        Volume volume = open(rig(Policy.BOUNCE_COPY).with(1, faults::around));
        Told written = new Told(() -> assertThat(record.written()).containsExactly(new Membership(0b10, 0, 0)));
        volume.submit(filled(7), 0, written);
        steps.runAllBut(Action.RECORD_FAILURE);
        assertThat(written.times()).as("told before the record").isZero();
        steps.run();
        assertThat(written.hasEnded()).isTrue();
        assertThat(read(volume, 0)).isEqualTo(7);
        assertThat(events).extracting(VolumeEvent::kind)
                .containsSubsequence(VolumeEvent.Kind.LEG_FAILED, VolumeEvent.Kind.LEG_OUT_RECORDED);
    }

    /** The record of the one that was out is still there, so nothing has to be recorded. */
    @Test
    void itIsToldOfALegThatFailsBeforeItIsRecordedThatItIsInUseAgain() throws IOException {
        Rig rig = rig(Policy.BOUNCE_COPY);
        Volume volume = open(rig);
        volume.putOut(1, new IOException("first"));
        steps.run();
        assertThat(volume.readmit(1, rig.leg(1))).isTrue();
        volume.putOut(1, new IOException("second"));
        steps.run();
        assertThat(volume.<Integer>inspect(DriverView::out)).isEqualTo(2);
        assertThat(events).filteredOn(event -> event.kind() == VolumeEvent.Kind.LEG_FAILED).extracting(VolumeEvent::toString)
                .hasSize(2).last().asString().contains("second");
    }

    @Test
    void aFlushThatALegHasFailedEndsOnceThatIsRecordedAndIsNotTriedAgain() throws IOException {
        Faults faults = Faults.io(Faults.Kind.FLUSH, 1);
        Volume volume = open(rig(Policy.BOUNCE_COPY).with(1, faults::around));
        Told written = new Told();
        volume.submit(filled(7), 0, written);
        steps.run();
        assertThat(written.hasEnded()).isTrue();
        Told flushed = new Told();
        volume.flush(flushed);
        steps.runAllBut(Action.RECORD_FAILURE);
        assertThat(flushed.times()).isZero();
        steps.run();
        assertThat(flushed.hasEnded()).isTrue();
        assertThat(record.written()).containsExactly(new Membership(0b10, 0, 0));
        volume.flush(new Told());
        steps.run();
        assertThat(volume.counters().legForces()).as("both legs, then leg 0 for the record and for the second flush").isEqualTo(4);
    }

    @Test
    void theSourceThatFailsAReadIsReplacedAndTheReadServed() throws IOException {
        Faults faults = Faults.io(Faults.Kind.READ, 1);
        Volume volume = open(rig(Policy.BOUNCE_COPY).with(0, faults::around));
        volume.submit(filled(7), 0, new Told());
        steps.run();
        assertThat(read(volume, 0)).isEqualTo(7);
        assertThat(volume.<Integer>inspect(DriverView::source)).isEqualTo(1);
        steps.run();
        assertThat(record.written()).containsExactly(new Membership(0b01, 1, 0));
        assertThatThrownBy(() -> volume.read(ByteBuffer.allocate(512), 0, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("the leg is out of use");
    }

    @Test
    void theSourceIsNotReplacedWhileItAloneHasARegion() throws IOException {
        Rig rig = rig(Policy.BOUNCE_COPY);
        LogImage image = LogImage.allClean(4);
        image.markDirty(0);
        DirtyRegionLog.create(rig.log(), image);
        Faults faults = Faults.io(Faults.Kind.WRITE, 1);
        Volume volume = open(rig.with(0, faults::around));
        Told written = new Told();
        volume.submit(filled(7), 0, written);
        steps.run();
        assertThat(written.hasFailed()).isTrue();
        assertThat(written.cause()).hasMessage("leg0: WRITE failed");
        assertThat(record.written()).isEmpty();
        assertThatThrownBy(() -> volume.submit(filled(8), 9000, new Told())).hasMessage("the volume has stopped: leg0: WRITE failed");
        assertThat(read(volume, 9 << 10)).as("reads go on").isZero();
    }

    @Test
    void whenAllLegsHaveFailedNothingIsInvented() throws IOException {
        Faults first = Faults.io(Faults.Kind.READ, 1);
        Faults second = Faults.io(Faults.Kind.READ, 1);
        Volume volume = open(rig(Policy.ORIGINAL).with(0, first::around).with(1, second::around));
        assertThatThrownBy(() -> read(volume, 0)).hasMessage("leg0: READ failed");
        assertThatThrownBy(() -> read(volume, 0)).hasMessage("leg1: READ failed");
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = {"WRITE", "FLUSH"})
    void aLogThatFailsStopsWritesAndNotReads(Faults.Kind kind) throws IOException {
        // Opening writes the log and flushes it once.
        Faults faults = Faults.io(kind, 2);
        Volume volume = open(rig(Policy.ORIGINAL).with(LOG, faults::around));
        Told written = new Told();
        volume.submit(filled(7), 0, written);
        steps.run();
        assertThat(written.hasFailed()).isTrue();
        assertThat(written.cause()).hasMessage("log: " + kind + " failed");
        assertThat(read(volume, 0)).isZero();
        assertThat(events).extracting(VolumeEvent::kind).contains(VolumeEvent.Kind.LOG_FAILED, VolumeEvent.Kind.STOPPED);
        assertThat(volume.inspect(DriverView::logIo) == LogIo.FAILED).isEqualTo(kind == Faults.Kind.FLUSH);
    }

    @Test
    void aRecordThatCannotBeWrittenStopsTheVolume() throws IOException {
        Faults faults = Faults.io(Faults.Kind.WRITE, 1);
        record.breakWith(what -> {
            throw new StoreException("the log is full");
        });
        Volume volume = open(rig(Policy.ORIGINAL).with(1, faults::around));
        Told written = new Told();
        volume.submit(filled(7), 0, written);
        steps.run();
        assertThat(written.hasFailed()).isTrue();
        assertThat(written.cause()).hasMessage("leg1: WRITE failed; and the log is full");
    }

    @Test
    void aLegThatDoesNotTakeTheRecordIsPutOutToo() throws IOException {
        Rig three = Rig.inMemory(Policy.ORIGINAL, new Layout(LAYOUT.bytes(), LAYOUT.regionBytes(), 3, 0));
        Faults faults = Faults.io(Faults.Kind.WRITE, 1);
        Volume volume = open(three.with(1, faults::around));
        record.breakWith(what -> {
            record.breakWith(again -> { });
            throw new LegNotRecordedException(0, new IOException("it is full"));
        });
        Told written = new Told();
        volume.submit(filled(7), 0, written);
        steps.run();
        assertThat(written.hasEnded()).isTrue();
        assertThat(record.written()).containsExactly(new Membership(0b011, 2, 0));
        assertThat(read(volume, 0)).isEqualTo(7);
    }

    @Test
    void nothingIsMarkedCleanUntilTheLegIsBackAndRebuilt() throws IOException {
        Rig rig = rig(Policy.ORIGINAL);
        Volume volume = open(rig);
        assertThat(volume.putOut(1, new IOException("it was pulled out"))).isTrue();
        volume.submit(filled(7), 0, new Told());
        steps.run();
        volume.certify();
        steps.run();
        assertThat(rig.dirtyInLog()).containsExactly(0);
        assertThat(volume.readmit(1, rig.leg(1))).isTrue();
        assertThat(state(volume, 0)).isEqualTo(RegionState.NOSYNC);
        assertThat(state(volume, 1)).isEqualTo(RegionState.CLEAN);
        steps.run();
        assertThat(record.written()).containsExactly(new Membership(0b10, 0, 0), Membership.whole(0));
        volume.resync(0);
        steps.run();
        volume.certify();
        steps.run();
        assertThat(rig.dirtyInLog()).isEmpty();
        assertThat(rig.differing()).isEmpty();
    }

    /** The replay found it: the record calls the leg out already, so nothing will be recorded that its failure could wait for. */
    @Test
    void aLegThatFailsAgainBeforeItsReturnWasRecordedHoldsNothingUp() throws IOException {
        Rig rig = rig(Policy.BOUNCE_COPY);
        Volume volume = open(rig);
        volume.putOut(1, new IOException("it was pulled out"));
        steps.run();
        volume.readmit(1, Faults.io(Faults.Kind.FLUSH, 1).around(rig.leg(1)));
        Told flushed = new Told();
        volume.flush(flushed);
        steps.runAllBut(Action.RECORD_BEGIN);
        assertThat(flushed.hasEnded()).isTrue();
        assertThat(record.written()).containsExactly(new Membership(0b10, 0, 0));
    }

    /** A record under way may already say what it will say: what was recorded before is not to be relied on. */
    @Test
    void aLegThatFailsWhileItsReturnIsBeingRecordedWaitsForAnotherRecord() throws IOException {
        Rig rig = rig(Policy.BOUNCE_COPY);
        Volume volume = open(rig);
        volume.putOut(1, new IOException("it was pulled out"));
        steps.run();
        volume.readmit(1, rig.leg(1));
        record.breakWith(what -> {
            record.breakWith(again -> { });
            volume.putOut(1, new IOException("it was pulled out again"));
        });
        Told written = new Told(() -> assertThat(record.written()).hasSize(3));
        volume.submit(filled(7), 0, written);
        steps.run();
        assertThat(written.hasEnded()).isTrue();
        assertThat(record.written()).containsExactly(new Membership(0b10, 0, 0), Membership.whole(0), new Membership(0b10, 0, 0));
    }

    @Test
    void aLegIsNotReadmittedWhileAWriteIsUnderWay() throws IOException {
        Rig rig = rig(Policy.ORIGINAL);
        Volume volume = open(rig);
        volume.putOut(1, new IOException("it was pulled out"));
        steps.run();
        volume.submit(filled(7), 0, new Told());
        assertThat(volume.readmit(1, rig.leg(1))).isFalse();
        steps.run();
        assertThat(volume.readmit(1, rig.leg(1))).isTrue();
        assertThat(volume.readmit(1, rig.leg(1))).as("it is in use").isFalse();
    }

    @Test
    void aLegThatIsRecordedToBeOutStaysOutWhenTheVolumeIsOpened() throws IOException {
        MemoryRecord left = new MemoryRecord(new Membership(0b01, 1, 0));
        Rig rig = rig(Policy.ORIGINAL).with(0, leg -> new MissingLeg("leg0", LAYOUT.bytes(), new StoreException("leg0: is not there")));
        Volume volume = rig.open(left, steps, events::add);
        Told written = new Told();
        volume.submit(filled(7), 0, written);
        steps.run();
        assertThat(written.hasEnded()).isTrue();
        assertThat(read(volume, 0)).isEqualTo(7);
        assertThat(left.written()).as("nothing has changed").isEmpty();
    }

    @Test
    void aLegThatIsMissingIsPutOutAsSoonAsItIsUsed() throws IOException {
        Rig rig = rig(Policy.ORIGINAL).with(0, leg -> new MissingLeg("leg0", LAYOUT.bytes(), new StoreException("leg0: is not there")));
        Volume volume = open(rig);
        assertThat(read(volume, 0)).isZero();
        steps.run();
        assertThat(record.written()).containsExactly(new Membership(0b01, 1, 0));
        assertThat(events).extracting(VolumeEvent::sentence).contains("leg 0 is out of use: leg0: is not there");
    }

    @Test
    void anUnmountWithoutALegEndsAndLeavesDirtyWhatItMissed() throws IOException {
        for (Policy policy : Policy.all()) {
            Rig rig = rig(policy);
            Volume volume = new MemoryVolume(rig).open(steps);
            volume.putOut(1, new IOException("it was pulled out"));
            volume.submit(filled(7), 0, new Told());
            steps.run();
            Told unmounted = new Told();
            volume.unmount(unmounted);
            steps.run();
            assertThat(unmounted.hasEnded()).as(policy.name()).isTrue();
            assertThat(rig.dirtyInLog()).as(policy.name()).containsExactly(0);
        }
    }

    /** A volume with a record of its own. */
    private record MemoryVolume(Rig rig) {
        Volume open(QueueSteps steps) {
            Volume volume = rig.open(new MemoryRecord(Membership.whole(0)), steps, VolumeListener.NONE);
            steps.run();
            return volume;
        }
    }

    @Test
    void aSyncThatFailsGivesTheSweepUp() throws IOException {
        Volume volume = open(rig(Policy.MAYBE_DIRTY));
        List<Completion> syncs = new ArrayList<>();
        volume.syncWith(syncs::add);
        volume.submit(filled(7), 0, new Told());
        steps.run();
        volume.sweep();
        steps.run();
        syncs.get(0).failed(new IOException("a page could not be written"));
        steps.run();
        assertThat(state(volume, 0)).isEqualTo(RegionState.MAYBE_DIRTY);
        volume.sweep();
        steps.run();
        syncs.get(1).ended();
        steps.run();
        assertThat(state(volume, 0)).isEqualTo(RegionState.CLEAN);
    }

    @Test
    void aSyncThatDoesNotReturnCanBeGivenUpAndTheNextOneIsNotEndedByIt() throws IOException {
        Volume volume = open(rig(Policy.MAYBE_DIRTY));
        List<Completion> syncs = new ArrayList<>();
        List<Completion> givenUp = new ArrayList<>();
        volume.syncWith(new SyncHook() {
            @Override
            public void sync(Completion ended) {
                syncs.add(ended);
            }

            @Override
            public void giveUp(Completion ended) {
                givenUp.add(ended);
            }
        });
        volume.giveUpSync();
        volume.submit(filled(7), 0, new Told());
        steps.run();
        volume.sweep();
        steps.run();
        volume.giveUpSync();
        volume.giveUpSync();
        steps.run();
        assertThat(givenUp).containsExactly(syncs.get(0));
        assertThat(state(volume, 0)).isEqualTo(RegionState.MAYBE_DIRTY);
        volume.sweep();
        steps.run();
        syncs.get(0).ended();
        steps.run();
        assertThat(state(volume, 0)).as("the first sync() says nothing of the second sweep").isEqualTo(RegionState.CLEAN_CANDIDATE);
        syncs.get(1).ended();
        steps.run();
        assertThat(state(volume, 0)).isEqualTo(RegionState.CLEAN);
    }
}
