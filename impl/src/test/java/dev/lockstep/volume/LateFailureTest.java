package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.Membership;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Something asked of a leg fails, and before the mirror comes to notice that, the leg has been put out of use for something else, and has been
 * taken in again. What failed says nothing of the leg as it is now.
 */
class LateFailureTest {
    private static final int REGION = 4096;
    private static final Layout LAYOUT = new Layout(2L * REGION, REGION, 2, 0);

    private final QueueSteps steps = new QueueSteps();
    private Rig rig;
    private Volume volume;
    /** What is done before leg 1 tells that something has failed, once; null if nothing fails. */
    private Runnable meanwhile;

    private final class FailingLeg extends ForwardingLeg {
        private final Leg leg;

        FailingLeg(Leg leg) {
            super(leg);
            this.leg = leg;
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            fail();
            leg.read(into, position);
        }

        @Override
        public Flush beginFlush() {
            Flush flush = leg.beginFlush();
            return () -> {
                fail();
                flush.await();
            };
        }

        private void fail() throws IOException {
            if (meanwhile != null) {
                Runnable before = meanwhile;
                meanwhile = null;
                before.run();
                throw new IOException("it fails");
            }
        }
    }

    @BeforeEach
    void open() throws IOException {
        rig = Rig.inMemory(Policy.BOUNCE_COPY, LAYOUT);
        volume = rig.with(1, FailingLeg::new).open(new MemoryRecord(Membership.whole(0)), steps, VolumeListener.NONE);
        steps.run();
    }

    private void putOutAndTakeIn() {
        assertThat(volume.putOut(1, new IOException("something else"))).isTrue();
        steps.run();
        try {
            assertThat(volume.readmit(1, rig.leg(1))).isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        steps.run();
    }

    @Test
    void aFlushThatFailedBeforeALegWasTakenInSaysNothingOfIt() throws IOException {
        meanwhile = this::putOutAndTakeIn;
        Told flushed = new Told();
        volume.flush(flushed);
        steps.run();
        assertThat(flushed.hasEnded()).isTrue();
        assertThat(volume.<Integer>inspect(DriverView::out)).as("out of use").isZero();
        Told ended = new Told();
        volume.submit(ByteBuffer.allocateDirect(512).put(0, (byte) 1), 0, ended);
        steps.run();
        assertThat(ended.hasEnded()).as("the volume goes on").isTrue();
    }

    @Test
    void noMoreDoesARead() {
        meanwhile = this::putOutAndTakeIn;
        assertThatThrownBy(() -> volume.read(ByteBuffer.allocateDirect(512), 0, 1)).hasMessage("it fails");
        steps.run();
        assertThat(volume.<Integer>inspect(DriverView::out)).as("out of use").isZero();
    }

    @Test
    void oneThatFailsAsItIsNowIsPutOut() {
        meanwhile = () -> { };
        assertThatThrownBy(() -> volume.read(ByteBuffer.allocateDirect(512), 0, 1)).hasMessage("it fails");
        steps.run();
        assertThat(volume.<Integer>inspect(DriverView::out)).as("out of use").isEqualTo(2);
    }
}
