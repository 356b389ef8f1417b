package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.Membership;
import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A leg is replaced while the volume is in use. */
class RebuildTest {
    private static final int REGION = 4096;
    private static final Layout LAYOUT = new Layout(3L * REGION + 512, REGION, 2, 0);
    private static final IOException REQUESTED = new IOException("it is to be replaced");

    private final QueueSteps steps = new QueueSteps();
    private final MemoryRecord record = new MemoryRecord(Membership.whole(0));
    private final Leg blank = new MemoryLeg("blank", LAYOUT.bytes());
    private Rig rig;
    private Volume volume;

    @BeforeEach
    void openWithOneLegOut() throws IOException {
        rig = Rig.inMemory(Policy.MAYBE_DIRTY, LAYOUT);
        volume = rig.open(record, steps, VolumeListener.NONE);
        steps.run();
        write(0, 1);
        volume.sweep();
        steps.run();
        assertThat(rig.dirtyInLog()).isEmpty();
        assertThat(volume.putOut(1, REQUESTED)).isTrue();
        steps.run();
        blank.write(ByteBuffer.allocate(512).put(0, (byte) 99), REGION);
    }

    private static ByteBuffer sector(int with) {
        return ByteBuffer.allocateDirect(512).put(0, (byte) with).position(0);
    }

    private Told submit(long position, int with) throws IOException {
        Told ended = new Told();
        volume.submit(sector(with), position, ended);
        return ended;
    }

    private void write(long position, int with) throws IOException {
        Told ended = submit(position, with);
        steps.run();
        assertThat(ended.hasEnded()).isTrue();
    }

    private Rig rebuilt() {
        return rig.with(1, leg -> blank);
    }

    private Told resyncAll() {
        Told last = new Told();
        for (int region = 0; region < LAYOUT.regions(); region++) {
            volume.resync(region);
            steps.run();
        }
        Asking.ask(() -> volume.shell().rounds().certify(last));
        steps.run();
        return last;
    }

    @Test
    void everyRegionIsDurablyDirtyBeforeTheBlankLegIsInAndAllOfItIsResynced() throws IOException {
        Told in = new Told();
        volume.rebuild(1, blank, in);
        steps.runAllBut(Action.LOG_FLUSH_END);
        assertThat(in.times()).as("its log is not durable").isZero();
        int out = volume.inspect(driver -> driver.out());
        assertThat(out).isEqualTo(2);
        steps.run();
        assertThat(in.hasEnded()).isTrue();
        assertThat(rig.dirtyInLog()).hasSize(LAYOUT.regions());
        assertThat(Rig.in(volume, RegionState.NOSYNC)).hasSize(LAYOUT.regions());
        assertThat(record.written()).containsExactly(new Membership(2, 0, 0), new Membership(0, 0, 0));
        assertThat(resyncAll().hasEnded()).isTrue();
        assertThat(rebuilt().differing()).isEmpty();
        assertThat(rig.dirtyInLog()).isEmpty();
    }

    /** A crash before it is recorded leaves the leg out: whoever was told that it is in would believe in a copy that is not there. */
    @Test
    void nobodyIsToldThatItIsInBeforeThatIsRecorded() throws IOException {
        Told in = new Told();
        volume.rebuild(1, blank, in);
        steps.runAllBut(Action.RECORD_FAILURE);
        int out = volume.inspect(driver -> driver.out());
        assertThat(out).as("what is out of use").isZero();
        assertThat(record.left().found().isOut(1)).isTrue();
        assertThat(in.times()).isZero();
        steps.run();
        assertThat(record.left().found().isOut(1)).isFalse();
        assertThat(in.hasEnded()).isTrue();
    }

    @Test
    void aLegThatFailsAgainBeforeThatIsRecordedIsToldOfAsFailed() throws IOException {
        Told in = new Told();
        volume.rebuild(1, blank, in);
        steps.runAllBut(Action.RECORD_FAILURE);
        assertThat(volume.putOut(1, REQUESTED)).isTrue();
        steps.run();
        assertThat(in.hasFailed()).isTrue();
        assertThat(in.cause()).isSameAs(REQUESTED);
        Told again = new Told();
        volume.rebuild(1, blank, again);
        steps.run();
        assertThat(again.hasEnded()).isTrue();
        assertThat(in.times()).isEqualTo(1);
    }

    @Test
    void aRecordThatCannotBeWrittenIsToldOfAsFailed() throws IOException {
        Told in = new Told();
        volume.rebuild(1, blank, in);
        steps.runAllBut(Action.RECORD_FAILURE);
        record.breakWith(what -> {
            throw new IOException("no place for a record");
        });
        steps.run();
        assertThat(in.hasFailed()).isTrue();
        assertThat(in.cause()).hasMessageContaining("no place for a record");
    }

    @Test
    void aLegInUseIsNotReplaced() throws IOException {
        assertThatThrownBy(() -> volume.rebuild(0, blank, new Told())).isInstanceOf(IOException.class)
                .hasMessage("leg 0 is in use, or it is not recorded yet that it is out of use");
        assertThatThrownBy(() -> volume.rebuild(1, new MemoryLeg("short", 512), new Told())).isInstanceOf(IllegalArgumentException.class);
        volume.rebuild(1, blank, new Told());
        assertThatThrownBy(() -> volume.rebuild(1, blank, new Told())).isInstanceOf(IllegalStateException.class)
                .hasMessage("leg 1 is being taken in already");
    }

    @Test
    void whatIsUnderWayEndsFirstAndWhatComesThenWaits() throws IOException {
        Told before = submit(0, 5);
        Told in = new Told();
        volume.rebuild(1, blank, in);
        Told held = submit(REGION, 6);
        Told flush = new Told();
        volume.flush(flush);
        volume.sweep();
        volume.resync(0);
        steps.runAllBut(Action.READMIT);
        assertThat(before.hasEnded()).isTrue();
        assertThat(held.times() + flush.times() + in.times()).isZero();
        steps.run();
        assertThat(in.hasEnded() && held.hasEnded() && flush.hasEnded()).isTrue();
        resyncAll();
        assertThat(rebuilt().differing()).isEmpty();
        assertThat(rebuilt().bytes(1, REGION, 1)).containsExactly(6);
    }

    @Test
    void aSweepThatWaitsForAWriteIsNotWaitedForWithThatWriteHeld() throws IOException {
        write(0, 2);
        Completion[] sync = new Completion[1];
        volume.syncWith(ended -> sync[0] = ended);
        volume.sweep();
        steps.run();
        Told in = new Told();
        volume.rebuild(1, blank, in);
        Told ofSync = submit(0, 3);
        steps.run();
        assertThat(ofSync.hasEnded()).as("a write that sync() waits for").isTrue();
        assertThat(in.times()).isZero();
        sync[0].ended();
        steps.run();
        assertThat(in.hasEnded()).isTrue();
    }

    @Test
    void whateverTheOrderNothingIsLost() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            openWithOneLegOut();
            Random random = new Random(seed);
            Told first = submit(0, 10);
            Told in = new Told();
            volume.rebuild(1, blank, in);
            Told second = submit(0, 11);
            Told third = submit(2 * REGION, 12);
            Told flush = new Told();
            volume.flush(flush);
            steps.run(random);
            Told fourth = submit(0, 13);
            steps.run(random);
            assertThat(List.of(first, in, second, third, flush, fourth)).as("seed " + seed).allMatch(Told::hasEnded);
            resyncAll();
            assertThat(rebuilt().differing()).as("seed " + seed).isEmpty();
            assertThat(rebuilt().bytes(1, 0, 1)).as("seed " + seed).containsExactly(13);
            assertThat(rebuilt().bytes(1, 2 * REGION, 1)).as("seed " + seed).containsExactly(12);
        }
    }

    /** A kill after each number of steps; a new process finds the log, the record and the legs, and goes by them. */
    @Test
    void whereverAKillCutsTheRebuildOffWhatIsCleanIsOnEveryLegInUse() throws IOException {
        boolean whole = false;
        for (int made = 0; !whole; made++) {
            Rig devices = Rig.inMemory(Policy.MAYBE_DIRTY, LAYOUT);
            MemoryRecord kept = new MemoryRecord(new Membership(2, 0, 0));
            Leg fresh = new MemoryLeg("fresh", LAYOUT.bytes());
            devices.leg(0).write(sector(7), 0);
            QueueSteps queue = new QueueSteps();
            Volume cut = devices.open(kept, queue, VolumeListener.NONE);
            queue.run();
            cut.rebuild(1, fresh, new Told(() -> {
                for (int region = 0; region < LAYOUT.regions(); region++) {
                    cut.resync(region);
                }
                cut.certify();
            }));
            whole = queue.run(made);
            Membership left = kept.left().found();
            Rig after = devices.with(1, leg -> fresh);
            assertThat(left.isOut(1) && whole).as("the rebuild has an end").isFalse();
            if (!left.isOut(1)) {
                assertThat(after.differing()).as("after " + made + " steps").isSubsetOf(after.dirtyInLog());
            }
            assertThat(after.bytes(0, 0, 1)).containsExactly(7);
        }
    }

    @Test
    void aVolumeThatFailsMeanwhileTellsWhoeverWaits() throws IOException {
        Rig broken = rig.with(LAYOUT.legs(), leg -> new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                throw new IOException("the log is gone");
            }
        });
        Volume other = broken.open(record.left(), steps, VolumeListener.NONE);
        Told in = new Told();
        other.rebuild(1, blank, in);
        steps.run();
        assertThat(in.hasFailed()).isTrue();
    }
}
