package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log writes, in which order, and that it writes no more than it must. */
class DirtyRegionLogTest {

    /** Four chunks: regions from 0, 24,576, 57,344 and 90,112 on; the last one is used up to byte 1536. */
    private static final int REGIONS = 100_000;
    private static final int LAST_CHUNK = 13_824 - 3 * 4096;

    @TempDir
    Path folder;

    @Test
    void createdOverARealFileItHasTheExactBytes() throws IOException {
        Path path = folder.resolve("log");
        try (FileLeg leg = FileLeg.create(path, 4096)) {
            leg.write(ByteBuffer.allocate(4096).putLong(0, -1).putLong(1024, -1).putLong(4088, -1), 0);
            LogImage image = LogImage.allClean(8);
            image.markDirty(3);
            DirtyRegionLog log = DirtyRegionLog.create(leg, image);
            assertThat(log.distrust()).isEmpty();
            assertThat(log.image()).isSameAs(image);
            assertThat(log.needsWrite()).isFalse();
        }
        byte[] expected = new byte[4096];
        System.arraycopy(new byte[] {0x72, 0x52, 0x69, 0x4d, 2, 0, 0, 0, 8}, 0, expected, 0, 9);
        expected[1024] = (byte) 0xf7;
        // What lies behind the log's last sector is not the log's.
        Arrays.fill(expected, 4088, 4096, (byte) -1);
        assertThat(Files.readAllBytes(path)).isEqualTo(expected);
    }

    @Test
    void aRealLogGoesOnWhereItWasClosed() throws IOException {
        Path path = folder.resolve("log");
        try (FileLeg leg = FileLeg.create(path, DmLogFormat.requiredLength(REGIONS))) {
            DirtyRegionLog log = DirtyRegionLog.create(leg, LogImage.allClean(REGIONS));
            log.image().markDirty(0);
            log.image().markDirty(99_999);
            log.write();
            log.beginFlush().await();
        }
        try (FileLeg leg = FileLeg.open(path, Access.READ_WRITE)) {
            DirtyRegionLog log = DirtyRegionLog.open(leg, REGIONS);
            assertThat(log.distrust()).isEmpty();
            assertThat(log.image().dirtyCount()).isEqualTo(2);
            assertThat(log.image().nextDirty(1)).isEqualTo(99_999);
        }
    }

    @Test
    void creatingVoidsTheHeaderFirstAndWritesItLast() throws IOException {
        RecordingLeg leg = new RecordingLeg(13_824);
        DirtyRegionLog.create(leg, LogImage.allDirty(REGIONS));
        assertThat(leg.takeCalls()).containsExactly("write 0+512", "flush",
                "write 512+3584", "write 4096+4096", "write 8192+4096", "write 12288+" + LAST_CHUNK, "flush",
                "write 0+512", "flush");
        assertThat(leg.content()).isEqualTo(DmLogFormat.encode(LogImage.allDirty(REGIONS)).array());
    }

    @Test
    void creatingOnALegThatIsTooShortWritesNothing() {
        RecordingLeg leg = new RecordingLeg(1024);
        assertThatThrownBy(() -> DirtyRegionLog.create(leg, LogImage.allClean(8))).isInstanceOf(StoreException.class)
                .hasMessage("log: is 1024 bytes long; expected at least 1536, as a log of 8 regions takes");
        assertThat(leg.takeCalls()).isEmpty();
    }

    @Test
    void creatingOnAReadOnlyLegIsRefused() throws IOException {
        Path path = folder.resolve("log");
        Files.write(path, new byte[1536]);
        try (FileLeg leg = FileLeg.open(path, Access.READ_ONLY)) {
            assertThatThrownBy(() -> DirtyRegionLog.create(leg, LogImage.allClean(8)))
                    .isInstanceOf(StoreException.class).hasMessageContaining(path + ": is open for reading only");
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(new byte[1536]);
    }

    @Test
    void onlyTheChunksWithTurnedBitsAreWritten() throws IOException {
        RecordingLeg leg = new RecordingLeg(13_824);
        DirtyRegionLog log = DirtyRegionLog.create(leg, LogImage.allClean(REGIONS));
        leg.takeCalls();

        log.image().markDirty(24_576);
        log.write();
        assertThat(leg.takeCalls()).containsExactly("write 4096+4096");

        log.image().markDirty(0);
        log.write();
        assertThat(leg.takeCalls()).containsExactly("write 0+4096");

        log.image().markDirty(24_575);
        log.image().markClean(24_576);
        log.image().markDirty(99_999);
        log.write();
        assertThat(leg.takeCalls()).containsExactly("write 0+4096", "write 4096+4096", "write 12288+" + LAST_CHUNK);

        assertThat(leg.content()).isEqualTo(DmLogFormat.encode(log.image()).array());
    }

    @Test
    void aSmallLogIsWrittenNoFurtherThanItReaches() throws IOException {
        RecordingLeg leg = new RecordingLeg(4096);
        DirtyRegionLog log = DirtyRegionLog.create(leg, LogImage.allClean(8));
        leg.takeCalls();
        log.image().markDirty(7);
        log.write();
        assertThat(leg.takeCalls()).containsExactly("write 0+1536");
    }

    @Test
    void withNothingTurnedThereIsNothingToWrite() throws IOException {
        RecordingLeg leg = new RecordingLeg(13_824);
        DirtyRegionLog log = DirtyRegionLog.create(leg, LogImage.allClean(REGIONS));
        leg.takeCalls();
        log.image().markDirty(5);
        assertThat(log.needsWrite()).isTrue();
        log.write();
        assertThat(log.needsWrite()).isFalse();
        leg.takeCalls();
        log.image().markDirty(5);
        assertThat(log.needsWrite()).isFalse();
        log.write();
        assertThat(leg.takeCalls()).isEmpty();
    }

    @Test
    void theFirstWriteAfterOpeningWritesEverything() throws IOException {
        RecordingLeg leg = new RecordingLeg(DmLogFormat.encode(LogImage.allClean(REGIONS)).array());
        DirtyRegionLog log = DirtyRegionLog.open(leg, REGIONS);
        assertThat(log.needsWrite()).isTrue();
        assertThat(leg.takeCalls()).isEmpty();
        log.write();
        assertThat(leg.takeCalls()).containsExactly("write 0+4096", "write 4096+4096", "write 8192+4096",
                "write 12288+" + LAST_CHUNK);
        assertThat(log.needsWrite()).isFalse();
        log.writeAll();
        assertThat(leg.takeCalls()).hasSize(4);
    }

    @Test
    void theFirstWriteAfterDistrustMakesTheLogGood() throws IOException {
        RecordingLeg leg = new RecordingLeg(DmLogFormat.encode(LogImage.allClean(64)).array());
        DirtyRegionLog log = DirtyRegionLog.open(leg, 65);
        assertThat(log.distrust()).contains("log: is a log of 64 regions; expected 65, as the volume has");
        assertThat(log.image().cleanCount()).isZero();
        log.write();
        assertThat(leg.takeCalls()).containsExactly("write 0+512", "flush", "write 512+1024", "flush", "write 0+512");
        assertThat(leg.content()).isEqualTo(DmLogFormat.encode(LogImage.allDirty(65)).array());

        log.image().markClean(1);
        log.write();
        assertThat(leg.takeCalls()).containsExactly("write 0+1536");
    }

    @Test
    void aDistrustedLogOnAShortLegCannotBeWritten() {
        RecordingLeg leg = new RecordingLeg(1024);
        DirtyRegionLog log = DirtyRegionLog.open(leg, 8);
        assertThat(log.distrust()).isPresent();
        assertThatThrownBy(log::write).isInstanceOf(StoreException.class)
                .hasMessage("log: is 1024 bytes long; expected at least 1536, as a log of 8 regions takes");
        assertThat(leg.takeCalls()).isEmpty();
    }

    @Test
    void aFlushIsTheLegs() throws IOException {
        RecordingLeg leg = new RecordingLeg(1536);
        DirtyRegionLog log = DirtyRegionLog.create(leg, LogImage.allClean(8));
        leg.takeCalls();
        log.beginFlush().await();
        assertThat(leg.takeCalls()).containsExactly("flush");
        leg.failAfter(0);
        assertThatThrownBy(log.beginFlush()::await).hasMessage("the device is gone");
    }

    @Test
    void whatAFailedWriteHasNotWrittenStaysToBeWritten() throws IOException {
        RecordingLeg leg = new RecordingLeg(13_824);
        DirtyRegionLog log = DirtyRegionLog.create(leg, LogImage.allClean(REGIONS));
        leg.takeCalls();
        log.image().markDirty(1);
        log.image().markDirty(30_000);
        log.image().markDirty(60_000);
        leg.failAfter(1);
        assertThatThrownBy(log::write).hasMessage("the device is gone");
        assertThat(leg.takeCalls()).containsExactly("write 0+4096");
        assertThat(log.needsWrite()).isTrue();

        leg.failAfter(Integer.MAX_VALUE);
        log.write();
        assertThat(leg.takeCalls()).containsExactly("write 4096+4096", "write 8192+4096");
        assertThat(leg.content()).isEqualTo(DmLogFormat.encode(log.image()).array());
    }

    @Test
    void aFirstWriteThatFailedBeginsAgain() throws IOException {
        for (int succeeding = 0; succeeding < 5; succeeding++) {
            RecordingLeg leg = new RecordingLeg(1536);
            DirtyRegionLog log = DirtyRegionLog.open(leg, 8);
            leg.failAfter(succeeding);
            assertThatThrownBy(log::write).hasMessage("the device is gone");
            assertThat(LogContents.read(leg, 8).distrust()).isPresent();
            leg.takeCalls();

            leg.failAfter(Integer.MAX_VALUE);
            log.write();
            assertThat(leg.takeCalls()).hasSize(5);
            assertThat(LogContents.read(leg, 8).distrust()).isEmpty();
        }
    }

    @Test
    void aClosedLegTakesNoWriteAndTheImageKeepsWhatItHolds() throws IOException {
        Path path = folder.resolve("log");
        FileLeg leg = FileLeg.create(path, 1536);
        DirtyRegionLog log = DirtyRegionLog.create(leg, LogImage.allClean(8));
        leg.close();
        log.image().markDirty(0);
        assertThatThrownBy(log::write).isExactlyInstanceOf(StoreException.class).hasMessage(path + ": is closed");
        assertThat(log.needsWrite()).isTrue();
        assertThat(log.image().isClean(0)).isFalse();
    }
}
