package dev.lockstep.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CachingLegTest {
    @TempDir
    private Path folder;

    /** A write has its memory's content, and does not end before it may. */
    private static final class HeldUp extends ForwardingLeg {
        private final Leg leg;
        private final CountDownLatch written = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);

        HeldUp(Leg leg) {
            super(leg);
            this.leg = leg;
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            leg.write(from, position);
            written.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }
    }

    @Test
    @Timeout(60)
    void aFlushDoesNotBeginWhileAWriteIsUnderWay() throws Exception {
        FileLeg.create(folder.resolve("leg"), Leg.SECTOR).close();
        try (FileLeg file = FileLeg.open(folder.resolve("leg"), Access.READ_WRITE)) {
            HeldUp heldUp = new HeldUp(file);
            CachingLeg cached = new CachingLeg(heldUp);
            Thread writes = begin(() -> cached.write(ByteBuffer.allocateDirect(Leg.SECTOR), 0));
            heldUp.written.await();
            Thread flushes = begin(cached::beginFlush);
            while (flushes.getState() != Thread.State.WAITING && flushes.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(flushes.isAlive()).as("the flush waits for the write").isTrue();
            heldUp.mayEnd.countDown();
            writes.join();
            flushes.join();
        }
    }

    private interface Doing {
        void perform() throws IOException;
    }

    private static Thread begin(Doing doing) {
        Thread thread = new Thread(() -> {
            try {
                doing.perform();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
