package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device that fails, and flushes that meet. */
@Timeout(60)
class FileLegFailureTest {

    private final MemoryFile file = new MemoryFile(4096);
    private final FileLeg leg = file.leg();

    @Test
    void aFailedForceFailsTheLegForGoodAndIsNotTriedAgain() throws IOException {
        Flush earlier = leg.beginFlush();
        file.beforeForce = MemoryFile.broken("Input/output error");
        Flush flush = leg.beginFlush();
        String sentence = "leg0: a flush failed, and the leg with it: Input/output error";
        assertThatThrownBy(flush::await).isInstanceOf(LegFailedException.class).hasMessage(sentence)
                .cause().hasMessage("Input/output error");

        // The device would now say that all is well.
        file.beforeForce = () -> { };
        file.calls.clear();
        assertThatThrownBy(flush::await).isInstanceOf(LegFailedException.class).hasMessage(sentence);
        assertThatThrownBy(earlier::await).isInstanceOf(LegFailedException.class).hasMessage(sentence);
        assertThatThrownBy(leg.beginFlush()::await).isInstanceOf(LegFailedException.class).hasMessage(sentence);
        assertThatThrownBy(() -> leg.write(ByteBuffer.allocate(512), 0)).isInstanceOf(LegFailedException.class)
                .hasMessage(sentence);
        assertThat(file.calls).isEmpty();
        leg.read(ByteBuffer.allocate(512), 0);
    }

    @Test
    void aFailedWriteFailsTheLegForGood() {
        file.beforeWrite = MemoryFile.broken("No space left on device");
        String sentence = "leg0: a write of 512 bytes at 1024 failed, and the leg with it: No space left on device";
        assertThatThrownBy(() -> leg.write(ByteBuffer.allocate(512), 1024)).isInstanceOf(LegFailedException.class)
                .hasMessage(sentence);

        file.beforeWrite = () -> { };
        file.calls.clear();
        assertThatThrownBy(() -> leg.write(ByteBuffer.allocate(1), 0)).isInstanceOf(LegFailedException.class)
                .hasMessage(sentence).cause().hasMessage("No space left on device");
        assertThatThrownBy(leg.beginFlush()::await).isInstanceOf(LegFailedException.class).hasMessage(sentence);
        assertThat(file.calls).isEmpty();
    }

    @Test
    void theFirstFailureIsTheOneThatIsNamed() throws Exception {
        CountDownLatch bothInside = new CountDownLatch(2);
        CountDownLatch forceFailed = new CountDownLatch(1);
        file.beforeWrite = () -> {
            bothInside.countDown();
            await(forceFailed);
            throw new IOException("second");
        };
        file.beforeForce = () -> {
            bothInside.countDown();
            await(bothInside);
            throw new IOException("first");
        };
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<?> write = pool.submit(() -> {
                leg.write(ByteBuffer.allocate(512), 0);
                return null;
            });
            assertThatThrownBy(leg.beginFlush()::await).hasMessageEndingWith("first");
            forceFailed.countDown();
            assertThatThrownBy(write::get).rootCause().hasMessage("second");
            assertThatThrownBy(() -> leg.write(ByteBuffer.allocate(512), 0)).hasMessageEndingWith("first");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aDeviceThatWritesNothingIsAFailureNotALoop() {
        file.atMost = 0;
        assertThatThrownBy(() -> leg.write(ByteBuffer.allocate(512), 0)).isInstanceOf(LegFailedException.class)
                .hasMessage("leg0: a write of 512 bytes at 0 failed, and the leg with it: nothing was written");
    }

    @Test
    void anErrorWithoutWordsIsNamedByItsKind() {
        file.beforeForce = MemoryFile.broken(null);
        assertThatThrownBy(leg.beginFlush()::await).hasMessageEndingWith(": IOException");
    }

    @Test
    void aFailedReadFailsOnlyItself() throws IOException {
        file.beforeRead = MemoryFile.broken("Input/output error");
        assertThatThrownBy(() -> leg.read(ByteBuffer.allocate(512), 512)).isExactlyInstanceOf(StoreException.class)
                .hasMessage("leg0: a read of 512 bytes at 512 failed: Input/output error");
        leg.write(ByteBuffer.allocate(512), 512);
        leg.beginFlush().await();
    }

    @Test
    void beginningAFlushDoesNothingYetAndWaitingTwiceForcesOnce() throws IOException {
        Flush flush = leg.beginFlush();
        assertThat(file.calls).isEmpty();
        flush.await();
        flush.await();
        assertThat(file.calls).containsExactly("force");
    }

    @Test
    void aFlushThatEndedWellStaysSoWhenTheLegFailsLater() throws IOException {
        Flush flush = leg.beginFlush();
        flush.await();
        file.beforeForce = MemoryFile.broken("Input/output error");
        assertThatThrownBy(leg.beginFlush()::await).isInstanceOf(LegFailedException.class);
        flush.await();
    }

    @Test
    void aForceServesTheFlushesThatBeganBeforeItAndNoOthers() throws Exception {
        Flush before = leg.beginFlush();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        file.beforeForce = () -> {
            inside.countDown();
            await(go);
        };
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<?> first = pool.submit(() -> {
                leg.beginFlush().await();
                return null;
            });
            inside.await();
            // The force under way began before this write, and need not make it durable.
            leg.write(ByteBuffer.allocate(512), 0);
            Flush during = leg.beginFlush();
            go.countDown();
            first.get();
            file.calls.clear();

            before.await();
            assertThat(file.calls).isEmpty();
            during.await();
            assertThat(file.calls).containsExactly("force");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aFlushThatWaitsBehindAForceThatFailsFailsWithoutAForceOfItsOwn() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        file.beforeForce = () -> {
            inside.countDown();
            await(go);
            throw new IOException("Input/output error");
        };
        AtomicReference<Throwable> secondOutcome = new AtomicReference<>();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<?> first = pool.submit(() -> {
                leg.beginFlush().await();
                return null;
            });
            inside.await();
            Flush flush = leg.beginFlush();
            Thread second = new Thread(() -> secondOutcome.set(catchThrowable(flush::await)));
            second.start();
            // Were it let into the device now, the kernel might tell the failure to the other one only.
            while (second.getState() != Thread.State.BLOCKED && file.calls.size() == 1 && second.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(file.calls).containsExactly("force");
            go.countDown();
            second.join();
            assertThatThrownBy(first::get).hasCauseInstanceOf(LegFailedException.class);
            assertThat(secondOutcome.get()).isInstanceOf(LegFailedException.class);
            assertThat(file.calls).containsExactly("force");
        } finally {
            go.countDown();
            pool.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
