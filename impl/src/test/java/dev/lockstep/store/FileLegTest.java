package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading and writing a real file, and what is refused. */
class FileLegTest {

    @TempDir
    Path folder;

    @Test
    void aNewLegReadsAsZerosAndIsAsLongAsAsked() throws IOException {
        Path path = folder.resolve("leg0");
        try (FileLeg leg = FileLeg.create(path, 10 * 512)) {
            assertThat(leg.length()).isEqualTo(5120);
            assertThat(leg.name()).isEqualTo(path.toString()).isEqualTo(leg.toString());
            assertThat(Bytes.read(leg, 5120, 0)).isEqualTo(new byte[5120]);
        }
        assertThat(Files.size(path)).isEqualTo(5120);
    }

    @Test
    void whatIsWrittenIsInTheFileAtItsPositionAndReadBack() throws IOException {
        Path path = folder.resolve("leg0");
        FileLeg.create(path, 4096).close();
        try (FileLeg leg = FileLeg.open(path, Access.READ_WRITE)) {
            leg.write(Bytes.direct(512, 0xA1), 512);
            leg.write(ByteBuffer.wrap(Bytes.array(512, 0xB2)), 4096 - 512);
            leg.beginFlush().await();
            assertThat(Bytes.read(leg, 512, 512)).isEqualTo(Bytes.array(512, 0xA1));
        }
        byte[] expected = new byte[4096];
        Arrays.fill(expected, 512, 1024, (byte) 0xA1);
        Arrays.fill(expected, 4096 - 512, 4096, (byte) 0xB2);
        assertThat(Files.readAllBytes(path)).isEqualTo(expected);
    }

    @Test
    void aTransferUsesTheBufferBetweenPositionAndLimitOnly() throws IOException {
        try (FileLeg leg = FileLeg.create(folder.resolve("leg0"), 1024)) {
            ByteBuffer out = Bytes.direct(100, 7).position(10).limit(30);
            leg.write(out, 0);
            assertThat(out.position()).isEqualTo(30);

            ByteBuffer in = ByteBuffer.allocate(100).position(50).limit(75);
            leg.read(in, 0);
            assertThat(in.position()).isEqualTo(75);
            byte[] expected = new byte[100];
            Arrays.fill(expected, 50, 70, (byte) 7);
            assertThat(in.array()).isEqualTo(expected);
        }
    }

    @Test
    void anEmptyTransferDoesNothingEvenAtTheEnd() throws IOException {
        MemoryFile file = new MemoryFile(512);
        FileLeg leg = file.leg();
        leg.read(ByteBuffer.allocate(0), 512);
        leg.write(ByteBuffer.allocate(0), 512);
        assertThat(file.calls).isEmpty();
    }

    @Test
    void shortReadsAreContinued() throws IOException {
        MemoryFile file = new MemoryFile(1024);
        Arrays.fill(file.bytes, (byte) 9);
        file.atMost = 400;
        assertThat(Bytes.read(file.leg(), 1024, 0)).isEqualTo(Bytes.array(1024, 9));
        assertThat(file.calls).containsExactly("read 1024 at 0", "read 624 at 400", "read 224 at 800");
    }

    @Test
    void aShortWriteIsContinuedAtTheFirstMissingByteFromTheMemoryAsItIsThen() throws IOException {
        MemoryFile file = new MemoryFile(1024);
        ByteBuffer page = Bytes.direct(1024, 1);
        file.atMost = 512;
        file.beforeWrite = () -> {
            if (file.calls.size() == 2) {
                // Between the two system calls the application stores into the whole page.
                page.put(0, Bytes.array(1024, 2));
            }
        };
        file.leg().write(page, 0);
        assertThat(file.calls).containsExactly("write 1024 at 0", "write 512 at 512");
        assertThat(Arrays.copyOf(file.bytes, 512)).isEqualTo(Bytes.array(512, 1));
        assertThat(Arrays.copyOfRange(file.bytes, 512, 1024)).isEqualTo(Bytes.array(512, 2));
    }

    @Test
    void whatDoesNotLieInTheLegIsRefusedAndFailsNothing() throws IOException {
        MemoryFile file = new MemoryFile(1024);
        FileLeg leg = file.leg();
        assertThatThrownBy(() -> leg.write(ByteBuffer.allocate(512), 513)).isExactlyInstanceOf(StoreException.class)
                .hasMessage("leg0: a write of 512 bytes at 513 was refused; "
                        + "expected it to lie in the 1024 bytes that there are");
        assertThatThrownBy(() -> leg.read(ByteBuffer.allocate(512), -1)).isExactlyInstanceOf(StoreException.class)
                .hasMessage("leg0: a read of 512 bytes at -1 was refused; "
                        + "expected it to lie in the 1024 bytes that there are");
        assertThatThrownBy(() -> leg.read(ByteBuffer.allocate(1), Long.MAX_VALUE))
                .isExactlyInstanceOf(StoreException.class);
        assertThat(file.calls).isEmpty();
        leg.write(ByteBuffer.allocate(512), 512);
        leg.beginFlush().await();
    }

    @Test
    void aFileThatShrankIsToldExactly() throws IOException {
        Path path = folder.resolve("leg0");
        try (FileLeg leg = FileLeg.create(path, 4096);
                FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
            other.truncate(1000);
            assertThat(Bytes.read(leg, 1000, 0)).isEqualTo(new byte[1000]);
            assertThatThrownBy(() -> leg.read(ByteBuffer.allocate(512), 512)).isInstanceOf(StoreException.class)
                    .hasMessage(path + ": a read of 24 bytes at 1000 found the end of the file; "
                            + "expected 4096 bytes, as there were when it was opened");
        }
    }

    @Test
    void aReadOnlyLegReadsAndRefusesWrites() throws IOException {
        Path path = folder.resolve("leg0");
        Files.write(path, Bytes.array(512, 5));
        try (FileLeg leg = FileLeg.open(path, Access.READ_ONLY)) {
            assertThat(Bytes.read(leg, 512, 0)).isEqualTo(Bytes.array(512, 5));
            assertThatThrownBy(() -> leg.write(ByteBuffer.allocate(512), 0)).isExactlyInstanceOf(StoreException.class)
                    .hasMessage(path + ": is open for reading only; a write of 512 bytes at 0 was refused");
            leg.beginFlush().await();
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(Bytes.array(512, 5));
    }

    @Test
    void closingTwiceIsFineAndAClosedLegSaysSo() throws IOException {
        Path path = folder.resolve("leg0");
        FileLeg leg = FileLeg.create(path, 512);
        Flush begun = leg.beginFlush();
        leg.close();
        assertThatCode(leg::close).doesNotThrowAnyException();
        String closed = path + ": is closed";
        assertThatThrownBy(() -> leg.read(ByteBuffer.allocate(512), 0)).isExactlyInstanceOf(StoreException.class)
                .hasMessage(closed);
        assertThatThrownBy(() -> leg.write(ByteBuffer.allocate(512), 0)).isExactlyInstanceOf(StoreException.class)
                .hasMessage(closed);
        assertThatThrownBy(begun::await).isExactlyInstanceOf(StoreException.class).hasMessage(closed);
    }

    @Test
    void manyThreadsReadAndWriteAtOnce() throws Exception {
        int threads = 8;
        int blocks = 16;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (FileLeg leg = FileLeg.create(folder.resolve("leg0"), (long) threads * blocks * 512)) {
            List<Callable<Void>> jobs = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int mine = t;
                jobs.add(() -> {
                    SplittableRandom random = new SplittableRandom(mine);
                    for (int i = 0; i < 500; i++) {
                        long position = (mine * blocks + random.nextInt(blocks)) * 512L;
                        int content = random.nextInt(256);
                        leg.write(Bytes.direct(512, content), position);
                        assertThat(Bytes.read(leg, 512, position)).isEqualTo(Bytes.array(512, content));
                        if (i % 50 == 0) {
                            leg.beginFlush().await();
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(jobs)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
