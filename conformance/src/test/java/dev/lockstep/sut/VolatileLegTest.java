package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.store.FileLeg;
import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolatileLegTest {
    private static final int BLOCKS = 2;
    private static final int VALUES = 3;

    @TempDir(factory = InMemory.class)
    private Path temporary;
    private final Stamps stamps = new Stamps(BLOCKS, VALUES);
    private final Contents contents = new Contents(BLOCKS, Size.BLOCK_BYTES);
    private FileLeg real;
    private VolatileLeg leg;

    /** One block of a device as Mirror.tla has it. */
    private static final class Device {
        private int now;
        private Set<Integer> may = new TreeSet<>(Set.of(0));
        private Set<Integer> since = new TreeSet<>();

        void write(int content) {
            now = content;
            may.add(content);
            if (!since.isEmpty()) {
                since.add(content);
            }
        }

        void flushBegun() {
            since = new TreeSet<>(Set.of(now));
        }

        void flushEnded() {
            may = since;
            since = new TreeSet<>();
        }
    }

    @BeforeEach
    void open() throws IOException {
        real = FileLeg.create(temporary.resolve("leg"), (long) BLOCKS * Size.BLOCK_BYTES);
        for (int block = 0; block < BLOCKS; block++) {
            for (int value = 0; value < VALUES; value++) {
                contents.number(block, stamps.bytes(block, value));
            }
            real.write(stamps.bytes(block, 0), (long) block * Size.BLOCK_BYTES);
        }
        leg = around(real);
    }

    @AfterEach
    void close() throws IOException {
        leg.close();
    }

    private VolatileLeg around(Leg inner) {
        return new VolatileLeg(inner, contents, new int[BLOCKS], new long[] {1, 1});
    }

    @Test
    void itIsTheDeviceOfTheSpec() throws IOException {
        Device[] model = {new Device(), new Device()};
        Random random = new Random(2008);
        Flush flush = null;
        int flushes = 0;
        for (int step = 0; step < 2000; step++) {
            int choice = random.nextInt(4);
            if (choice < 2) {
                int block = random.nextInt(BLOCKS);
                int value = random.nextInt(VALUES);
                leg.write(stamps.bytes(block, value), (long) block * Size.BLOCK_BYTES);
                model[block].write(value);
            } else if (flush == null) {
                flush = leg.beginFlush();
                for (Device device : model) {
                    device.flushBegun();
                }
            } else {
                flush.await();
                flush = null;
                flushes++;
                for (Device device : model) {
                    device.flushEnded();
                }
            }
            for (int block = 0; block < BLOCKS; block++) {
                assertIs(model[block], block, step);
            }
        }
        assertThat(flushes).isGreaterThan(100);
    }

    private void assertIs(Device model, int block, int step) throws IOException {
        assertThat(leg.now(block)).as("now of block %s after step %s", block, step).isEqualTo(model.now);
        assertThat(leg.may(block)).as("may of block %s after step %s", block, step).isEqualTo(bits(model.may));
        assertThat(leg.since(block)).as("since of block %s after step %s", block, step).isEqualTo(bits(model.since));
        ByteBuffer held = ByteBuffer.allocate(Size.BLOCK_BYTES);
        real.read(held, (long) block * Size.BLOCK_BYTES);
        assertThat(contents.number(block, held.flip())).as("the file after step %s", step).isEqualTo(model.now);
    }

    private static long bits(Set<Integer> set) {
        return set.stream().mapToLong(content -> 1L << content).sum();
    }

    @Test
    void aWriteOfSeveralBlocksIsOneOfEach() throws IOException {
        ByteBuffer both = ByteBuffer.allocateDirect(BLOCKS * Size.BLOCK_BYTES).put(stamps.bytes(0, 1)).put(stamps.bytes(1, 2)).flip();
        leg.write(both, 0);
        assertThat(both.hasRemaining()).isFalse();
        assertThat(leg.now(0)).isEqualTo(1);
        assertThat(leg.may(0)).isEqualTo(0b011);
        assertThat(leg.now(1)).isEqualTo(2);
        assertThat(leg.may(1)).isEqualTo(0b101);
    }

    @Test
    void aWriteThatIsNotOfWholeBlocksIsRefusedAndWritesNothing() throws IOException {
        assertThatThrownBy(() -> leg.write(stamps.bytes(0, 1).limit(512), 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("512 bytes at 0").hasMessageContaining("whole units of 4096 bytes");
        assertThatThrownBy(() -> leg.write(stamps.bytes(0, 1), 512)).isInstanceOf(IllegalArgumentException.class);
        assertIs(new Device(), 0, 0);
        assertIs(new Device(), 1, 0);
    }

    @Test
    void aFlushThatFailsMakesNothingDurable() throws IOException {
        VolatileLeg failing = around(new Unflushable(real));
        failing.write(stamps.bytes(0, 1), 0);
        Flush flush = failing.beginFlush();
        assertThatThrownBy(flush::await).isInstanceOf(IOException.class).hasMessage("the device is gone");
        assertThat(failing.may(0)).isEqualTo(0b11);
    }

    @Test
    void whatItDoesNotChangeIsTheRealLegs() throws IOException {
        assertThat(leg.name()).isEqualTo(real.name());
        assertThat(leg.length()).isEqualTo(real.length());
        ByteBuffer read = ByteBuffer.allocate(Size.BLOCK_BYTES);
        leg.read(read, Size.BLOCK_BYTES);
        assertThat(read.flip()).isEqualTo(stamps.bytes(1, 0));
        leg.close();
        assertThatThrownBy(() -> real.write(stamps.bytes(0, 1), 0)).isInstanceOf(IOException.class);
    }

    /** A leg whose flushes fail. */
    private static final class Unflushable extends ForwardingLeg {
        Unflushable(Leg real) {
            super(real);
        }

        @Override
        public Flush beginFlush() {
            return () -> {
                throw new IOException("the device is gone");
            };
        }
    }
}
