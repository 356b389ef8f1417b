package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Resync, scrub, repair and the replacing of a leg beside users, on real files and real threads. */
@Timeout(240)
class FileVolumeTasksTest {
    private static final int REGION = 16 << 10;
    private static final Layout LAYOUT = new Layout(12L * REGION + 1536, REGION, 3, 1);
    private static final int WRITERS = 16;
    private static final int WRITES_EACH = 60;

    @TempDir
    private Path folder;
    private Path log;
    private List<Path> legs;

    @BeforeEach
    void name() {
        log = folder.resolve("log");
        legs = IntStream.range(0, LAYOUT.legs()).mapToObj(leg -> folder.resolve("leg" + leg)).toList();
    }

    private static byte[] volumePart(Path leg) throws IOException {
        return Arrays.copyOf(Files.readAllBytes(leg), (int) LAYOUT.bytes());
    }

    /** Each writer has sectors of its own, and knows what it has last written there. */
    private static List<Thread> writers(FileVolume volume, byte[] expected, ConcurrentLinkedQueue<Throwable> thrown) {
        int sectors = (int) (LAYOUT.bytes() / 512);
        return IntStream.range(0, WRITERS).mapToObj(writer -> new Thread(() -> {
            Random random = new Random(writer);
            try {
                for (int i = 0; i < WRITES_EACH; i++) {
                    int sector = random.nextInt(sectors / WRITERS) * WRITERS + writer;
                    byte[] bytes = new byte[512];
                    random.nextBytes(bytes);
                    volume.write(ByteBuffer.allocateDirect(512).put(bytes).flip(), sector * 512L);
                    System.arraycopy(bytes, 0, expected, sector * 512, 512);
                }
            } catch (IOException | RuntimeException e) {
                thrown.add(e);
            }
        })).toList();
    }

    @Test
    void sixteenWritersDuringResyncsScrubsAndRepairsEndWithEqualLegsThatHoldWhatWasWritten() throws Exception {
        byte[] expected = new byte[(int) LAYOUT.bytes()];
        ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Difference> desyncs = new ConcurrentLinkedQueue<>();
        try (FileVolume volume = FileVolume.create(log, legs, LAYOUT, Policy.BOUNCE_COPY)) {
            List<Thread> writers = writers(volume, expected, thrown);
            writers.forEach(Thread::start);
            for (int round = 0; round < 4; round++) {
                for (int region = round; region < LAYOUT.regions(); region += 2) {
                    volume.volume().suspect(region);
                }
                Scrub scrub = new Scrub(volume, ScrubChoice.EVERY_REGION.repairingFrom(round % LAYOUT.legs()), 0, difference -> {
                    if (difference.isDesync()) {
                        desyncs.add(difference);
                    }
                });
                Resyncer resync = new Resyncer(volume, 0);
                scrub.start();
                resync.start();
                scrub.await();
                resync.await();
            }
            for (Thread writer : writers) {
                writer.join();
            }
            Resyncer last = new Resyncer(volume, 0);
            last.start();
            last.await();
            assertThat(Rig.in(volume.volume(), RegionState.NOSYNC)).isEmpty();
        }
        assertThat(thrown).isEmpty();
        assertThat(desyncs).isEmpty();
        for (Path leg : legs) {
            assertThat(volumePart(leg)).as(leg.toString()).isEqualTo(expected);
        }
    }

    @Test
    void aLegIsReplacedUnderSixteenWritersAndTheNewOneHoldsEverything() throws Exception {
        byte[] expected = new byte[(int) LAYOUT.bytes()];
        ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        Path fresh = folder.resolve("fresh");
        try (FileVolume volume = FileVolume.create(log, legs, LAYOUT, Policy.BOUNCE_COPY)) {
            List<Thread> writers = writers(volume, expected, thrown);
            writers.forEach(Thread::start);
            volume.replaceLeg(2, fresh);
            Resyncer resync = new Resyncer(volume, 0);
            resync.start();
            resync.await();
            for (Thread writer : writers) {
                writer.join();
            }
            assertThatThrownBy(() -> volume.replaceLeg(2, legs.get(0))).isInstanceOf(IOException.class)
                    .hasMessageContaining("are the same file");
            int out = volume.volume().inspect(driver -> driver.out() & ~driver.knownBlank());
            assertThat(out).as("what is refused puts no leg out").isZero();
        }
        assertThat(thrown).isEmpty();
        for (Path leg : List.of(legs.get(0), legs.get(1), fresh)) {
            assertThat(volumePart(leg)).as(leg.toString()).isEqualTo(expected);
        }
    }

    @Test
    void theVolumeIsOpenedWithTheLegThatTookAnothersPlace() throws IOException {
        Path fresh = folder.resolve("fresh");
        try (FileVolume volume = FileVolume.create(log, legs, LAYOUT, Policy.BOUNCE_COPY)) {
            volume.write(ByteBuffer.allocateDirect(512).put(0, (byte) 5), 0);
            volume.replaceLeg(0, fresh);
            Resyncer resync = new Resyncer(volume, 0);
            resync.start();
            resync.await();
        }
        Files.delete(legs.get(0));
        try (FileVolume volume = FileVolume.open(log, Policy.BOUNCE_COPY)) {
            assertThat(volume.openedWith().out()).isZero();
            assertThat(volume.putOutByOpening()).isEmpty();
            assertThat(volume.distrust()).isEmpty();
            assertThat(Rig.in(volume.volume(), RegionState.NOSYNC)).isEmpty();
        }
    }

    @Test
    void aTaskEndsWhenItsVolumeIsClosed() throws IOException {
        FileVolume volume = FileVolume.create(log, legs, LAYOUT, Policy.BOUNCE_COPY);
        Scrub scrub = new Scrub(volume, ScrubChoice.EVERY_REGION, 1, difference -> { });
        scrub.start();
        volume.close();
        scrub.bytesPerSecond(0);
        scrub.await();
        assertThat(scrub.hasEnded()).isTrue();
    }
}
