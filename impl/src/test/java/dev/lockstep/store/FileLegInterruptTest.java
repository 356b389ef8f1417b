package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real interrupts: they change nothing, and are not lost. */
@Timeout(60)
class FileLegInterruptTest {

    private static final int INTERRUPTS = 500;
    /** Numbered one after the other, so that one of them has the victim's channel: the file is open eight times. */
    private static final int BYSTANDERS = 8;

    @TempDir
    Path folder;

    @AfterEach
    void leaveNoInterruptBehind() {
        Thread.interrupted();
    }

    @Test
    void aPendingInterruptDisturbsNoCallAndStaysPending() throws IOException {
        Path path = folder.resolve("leg0");
        Thread.currentThread().interrupt();
        FileLeg.create(path, 4096).close();
        try (FileLeg leg = FileLeg.open(path, Access.READ_WRITE)) {
            leg.write(Bytes.direct(512, 1), 0);
            leg.write(ByteBuffer.wrap(Bytes.array(512, 2)), 512);
            Flush flush = leg.beginFlush();
            flush.await();
            assertThat(Bytes.read(leg, 512, 0)).isEqualTo(Bytes.array(512, 1));
            assertThat(Bytes.read(leg, 512, 512)).isEqualTo(Bytes.array(512, 2));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
    }

    @Test
    void interruptsDuringTheCallsDisturbNeitherTheThreadNorAnother() throws Exception {
        try (FileLeg leg = FileLeg.create(folder.resolve("leg0"), (1 + BYSTANDERS) * 65536)) {
            AtomicInteger noticed = new AtomicInteger();
            AtomicReference<Throwable> problem = new AtomicReference<>();
            Thread victim = new Thread(() -> exercise(leg, 0, noticed, problem, true), "victim");
            List<Thread> bystanders = IntStream.rangeClosed(1, BYSTANDERS).mapToObj(number ->
                    new Thread(() -> exercise(leg, number * 65536L, noticed, problem, false), "bystander " + number)).toList();
            victim.start();
            bystanders.forEach(Thread::start);
            while (victim.isAlive()) {
                victim.interrupt();
                Thread.onSpinWait();
            }
            victim.join();
            for (Thread bystander : bystanders) {
                bystander.join();
            }
            assertThat(problem.get()).isNull();
            assertThat(noticed).hasValueGreaterThanOrEqualTo(INTERRUPTS);
            leg.write(Bytes.direct(512, 9), 0);
            leg.beginFlush().await();
            assertThat(Bytes.read(leg, 512, 0)).isEqualTo(Bytes.array(512, 9));
        }
    }

    /** Writes, flushes and reads until the victim has noticed its interrupts. */
    private static void exercise(FileLeg leg, long position, AtomicInteger noticed, AtomicReference<Throwable> problem,
            boolean victim) {
        try {
            ByteBuffer page = ByteBuffer.allocateDirect(65536);
            for (int i = 0; noticed.get() < INTERRUPTS && problem.get() == null; i++) {
                page.clear();
                page.putInt(0, i).putInt(65532, i);
                leg.write(page, position);
                if (i % 16 == 0) {
                    leg.beginFlush().await();
                }
                page.clear();
                leg.read(page, position);
                if (page.getInt(0) != i || page.getInt(65532) != i) {
                    throw new IOException("read something else than was written in round " + i);
                }
                if (victim && Thread.interrupted()) {
                    noticed.incrementAndGet();
                }
            }
        } catch (IOException | RuntimeException e) {
            problem.compareAndSet(null, e);
        }
    }

    @Test
    void whatIsWrittenAfterTheFirstInterruptIsMadeDurableAndReadToo() throws IOException {
        Path path = folder.resolve("leg0");
        try (FileLeg leg = FileLeg.create(path, 8192)) {
            leg.write(Bytes.direct(512, 1), 0);
            Thread.currentThread().interrupt();
            leg.write(Bytes.direct(512, 2), 512);
            Thread.interrupted();
            leg.write(Bytes.direct(512, 3), 1024);
            leg.beginFlush().await();
        }
        try (FileLeg leg = FileLeg.open(path, Access.READ_ONLY)) {
            for (int sector = 0; sector < 3; sector++) {
                assertThat(Bytes.read(leg, 512, sector * 512L)).isEqualTo(Bytes.array(512, sector + 1));
            }
        }
    }

    /** Why a leg is not simply a FileChannel. */
    @Test
    void aFileChannelWouldHaveBeenClosed() throws IOException {
        FileLeg.create(folder.resolve("leg0"), 512).close();
        try (FileChannel channel = FileChannel.open(folder.resolve("leg0"), StandardOpenOption.WRITE)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(512), 0))
                    .isInstanceOf(ClosedByInterruptException.class);
            assertThat(channel.isOpen()).isFalse();
        }
    }
}
