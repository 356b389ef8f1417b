package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.Membership;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/**
 * A write that a leg takes long over. The leg is put out of use meanwhile, the write ends without it, and the leg comes back: what it was
 * asked for before may not reach it then.
 */
class LateWriteTest {
    private static final int REGION = 4096;
    private static final Layout LAYOUT = new Layout(2L * REGION, REGION, 2, 0);

    private final QueueSteps steps = new QueueSteps();
    private Rig rig;
    private Volume volume;
    /** What happens while leg 1 is being written, once. */
    private Doing meanwhile = () -> { };

    private interface Doing {
        void perform() throws IOException;
    }

    private final class SlowLeg extends ForwardingLeg {
        SlowLeg(Leg leg) {
            super(leg);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            Doing first = meanwhile;
            meanwhile = () -> { };
            first.perform();
            super.write(from, position);
        }
    }

    private void open(Membership found) throws IOException {
        rig = Rig.inMemory(Policy.BOUNCE_COPY, LAYOUT);
        volume = rig.with(1, SlowLeg::new).open(new MemoryRecord(found), steps, VolumeListener.NONE);
        steps.run();
    }

    private Told write(int with) throws IOException {
        Told ended = new Told();
        volume.submit(ByteBuffer.allocateDirect(512).put(0, (byte) with), 0, ended);
        return ended;
    }

    private void putOut() {
        assertThat(volume.putOut(1, new IOException("it takes too long"))).isTrue();
        steps.run();
    }

    private void resyncAll() {
        for (int region = 0; region < LAYOUT.regions(); region++) {
            volume.resync(region);
            steps.run();
        }
    }

    @Test
    void aLegIsNotTakenInBeforeAWriteThatItWasAskedForHasComeToItsEnd() throws IOException {
        open(Membership.whole(0));
        Told in = new Told();
        Told old = write(1);
        Told[] newer = new Told[1];
        meanwhile = () -> {
            putOut();
            assertThat(old.hasEnded()).as("the write goes on without the leg").isTrue();
            assertThat(volume.readmit(1, rig.leg(1))).as("taken in at once").isFalse();
            volume.readmit(1, rig.leg(1), in);
            newer[0] = write(2);
            steps.run();
            assertThat(in.times()).as("taken in").isZero();
            assertThat(newer[0].times()).as("a newer write has ended").isZero();
        };
        steps.run();
        assertThat(in.hasEnded() && newer[0].hasEnded()).isTrue();
        resyncAll();
        assertThat(rig.bytes(1, 0, 1)).containsExactly(2);
        assertThat(rig.differing()).isEmpty();
    }

    @Test
    void norBeforeACopyOfAResyncHas() throws IOException {
        open(new Membership(2, 0, 0));
        Told ended = write(1);
        steps.run();
        assertThat(ended.hasEnded()).isTrue();
        assertThat(volume.readmit(1, rig.with(1, SlowLeg::new).leg(1))).isTrue();
        steps.run();
        assertThat(Rig.in(volume, RegionState.NOSYNC)).contains(0);
        Told in = new Told();
        meanwhile = () -> {
            putOut();
            volume.readmit(1, rig.leg(1), in);
            steps.run();
            assertThat(in.times()).as("taken in").isZero();
        };
        volume.resync(0);
        steps.run();
        assertThat(in.hasEnded()).isTrue();
        resyncAll();
        assertThat(rig.differing()).isEmpty();
    }
}
