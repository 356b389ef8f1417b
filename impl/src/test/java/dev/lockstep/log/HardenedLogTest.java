package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.store.Flush;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a hardened log writes, and every reason not to trust one. */
class HardenedLogTest {

    /** Three pages of bits. */
    private static final int REGIONS = 60_000;
    private static final Superblock VOLUME = volume(new UUID(5, 6), REGIONS);

    private static Superblock volume(UUID identity, int regions) {
        return new Superblock(identity, regions * 4096L - 512, 4096, 0,
                List.of(new Superblock.LegEntry("/leg zéro", true, new Generation(1, 2)), new Superblock.LegEntry("", false)));
    }

    private static RecordingLeg leg() {
        return new RecordingLeg(Math.toIntExact(HardenedFormat.requiredLength(REGIONS)));
    }

    private static RecordingLeg made() throws IOException {
        RecordingLeg leg = leg();
        DirtyRegionLog.create(leg, VOLUME, LogImage.allClean(REGIONS));
        leg.takeCalls();
        return leg;
    }

    private static void assertDistrusted(RecordingLeg leg, Superblock volume, String sentence) {
        DirtyRegionLog log = DirtyRegionLog.open(leg, volume);
        assertThat(log.distrust()).contains(sentence);
        assertThat(log.image().cleanCount()).isZero();
        assertThat(leg.takeCalls()).isEmpty();
    }

    @Test
    void makingOneVoidsTheSuperblockFirstAndWritesItLast() throws IOException {
        RecordingLeg leg = leg();
        DirtyRegionLog log = DirtyRegionLog.create(leg, VOLUME, LogImage.allClean(REGIONS));
        assertThat(leg.takeCalls()).containsExactly("write 0+512", "write 4096+512", "flush",
                "write 16384+4096", "write 28672+4096", "write 12288+4096", "write 24576+4096", "write 8192+4096",
                "write 20480+4096", "flush", "write 0+4096", "write 4096+4096", "flush", "flush");
        assertThat(log.needsWrite()).isFalse();
        assertThat(DirtyRegionLog.open(leg, REGIONS).superblock()).contains(VOLUME);
    }

    @Test
    void onlyAChangedPageIsWrittenAndItsOtherCopyWhenThatIsDurable() throws IOException {
        RecordingLeg leg = made();
        DirtyRegionLog log = DirtyRegionLog.open(leg, VOLUME);
        log.write();
        log.beginFlush().await();
        leg.takeCalls();
        log.image().markDirty(30_000);
        log.write();
        assertThat(leg.takeCalls()).hasSize(1);
        log.beginFlush().await();
        assertThat(leg.takeCalls()).hasSize(3).element(0).isEqualTo("flush");
        assertThat(log.needsWrite()).isFalse();
        log.beginFlush().await();
        assertThat(leg.takeCalls()).containsExactly("flush");
        assertThat(LogContents.read(leg, REGIONS).image().nextDirty(0)).isEqualTo(30_000);
    }

    @Test
    void whatIsWrittenWhileAFlushIsUnderWayIsFlushedTooBeforeItIsRepeated() throws IOException {
        RecordingLeg leg = made();
        DirtyRegionLog log = DirtyRegionLog.open(leg, VOLUME);
        log.write();
        Flush flush = log.beginFlush();
        log.image().markDirty(1);
        log.write();
        leg.takeCalls();
        flush.await();
        List<String> calls = leg.takeCalls();
        assertThat(calls.subList(0, 2)).containsExactly("flush", "flush");
        assertThat(calls).hasSize(6);
    }

    @Test
    void oneDamagedCopyOfEachPageIsBorneAndTwoOfOneAreNot() throws IOException {
        byte[] bytes = made().content();
        for (int page = 0; page <= 3; page++) {
            bytes[(int) HardenedFormat.position(REGIONS, page, page % 2) + 700] ^= 1;
        }
        assertThat(LogContents.read(new RecordingLeg(bytes), REGIONS).image().dirtyCount()).isZero();
        bytes[(int) HardenedFormat.position(REGIONS, 2, 1) + 4095] ^= 1;
        assertDistrusted(new RecordingLeg(bytes), VOLUME,
                "log: neither copy of page 2 of its bits is whole; expected both to be");
    }

    @Test
    void aLogOfAnotherVolumeOrOfOtherRegions() throws IOException {
        assertDistrusted(made(), volume(new UUID(5, 7), REGIONS), "log: is the log of volume 00000000-0000-0005-0000-000000000006"
                + "; expected 00000000-0000-0005-0000-000000000007");
        assertDistrusted(made(), volume(new UUID(5, 6), 9), "log: is a log of 60000 regions; expected 9, as the volume has");
        assertThat(LogContents.read(made(), 9).distrust()).contains("log: is a log of 60000 regions; expected 9, as the volume has");
    }

    @Test
    void aLogThatWasCutShortOrIsNone() throws IOException {
        byte[] bytes = made().content();
        assertDistrusted(new RecordingLeg(Arrays.copyOf(bytes, 20_480)), VOLUME,
                "log: is 20480 bytes long; expected at least 32768, as a hardened log of 60000 regions takes");
        assertDistrusted(leg(), VOLUME, "log: neither copy of its superblock is whole; expected both to be");
    }

    @Test
    void pagesOfAnotherVolumeAreNotBelieved() throws IOException {
        RecordingLeg other = leg();
        DirtyRegionLog.create(other, volume(new UUID(9, 9), REGIONS), LogImage.allClean(REGIONS));
        byte[] bytes = other.content();
        System.arraycopy(made().content(), 0, bytes, 0, 2 * HardenedFormat.PAGE);
        assertDistrusted(new RecordingLeg(bytes), VOLUME, "log: neither copy of page 1 of its bits is whole; expected both to be");
    }

    @Test
    void aDistrustedLogIsMadeGoodByItsFirstWrite() throws IOException {
        RecordingLeg leg = leg();
        DirtyRegionLog log = DirtyRegionLog.open(leg, VOLUME);
        log.write();
        log.beginFlush().await();
        assertThat(DirtyRegionLog.open(leg, VOLUME).distrust()).isEmpty();
        assertThat(DirtyRegionLog.open(leg, VOLUME).image().cleanCount()).isZero();
    }

    @Test
    void oneThatNobodySaysTheVolumeOfIsNot() throws IOException {
        byte[] bytes = made().content();
        bytes[100] ^= 1;
        bytes[4196] ^= 1;
        DirtyRegionLog log = DirtyRegionLog.open(new RecordingLeg(bytes), REGIONS);
        assertThat(log.format()).isEqualTo(LogFormat.HARDENED);
        assertThat(log.distrust()).isPresent();
        assertThatThrownBy(log::write).hasMessageContaining("nobody has said of which volume it is");
    }

    @Test
    void thePathsOfTheLegsHaveToFit() {
        List<Superblock.LegEntry> legs = List.of(new Superblock.LegEntry("x".repeat(3821), false));
        assertThatThrownBy(() -> new Superblock(new UUID(0, 1), 512, 4096, 0, legs)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the paths of the legs take 4001 bytes in the log; expected 4000 at most");
    }

    @Test
    void theBytesOfAPage() {
        LogImage image = LogImage.allClean(REGIONS);
        image.markDirty(28_672);
        ByteBuffer page = ByteBuffer.allocate(HardenedFormat.PAGE);
        HardenedFormat.encode(image, VOLUME.volume(), 2, 7, page);
        page.order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(page.array(), 0, 8, StandardCharsets.US_ASCII)).isEqualTo("LOCKBITS");
        assertThat(page.getLong(32)).isEqualTo(7);
        assertThat(page.getInt(40)).isEqualTo(2);
        assertThat(page.getLong(512) ^ 7 * 0x9E3779B97F4A7C15L).isEqualTo(-2);
        assertThat(page.getLong(4088) ^ 7 * 0x9E3779B97F4A7C15L).isEqualTo(-1);
    }
}
