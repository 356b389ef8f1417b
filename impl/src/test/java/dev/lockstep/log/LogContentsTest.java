package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a log, and every reason not to trust one: then every region is dirty, and the sentence says why. */
class LogContentsTest {

    @TempDir
    Path folder;

    @Test
    void aLogThatIsInOrder() {
        LogImage image = LogImage.allClean(30_000);
        image.markDirty(3);
        image.markDirty(29_999);
        LogContents contents = LogContents.read(new RecordingLeg(DmLogFormat.encode(image).array()), 30_000);
        assertThat(contents.distrust()).isEmpty();
        assertThat(contents.image().dirtyCount()).isEqualTo(2);
        assertThat(contents.image().nextDirty(0)).isEqualTo(3);
        assertThat(contents.image().nextDirty(4)).isEqualTo(29_999);
        assertThat(contents.image().isChanged()).isFalse();
    }

    @Test
    void aLogOnALongerLegThanItNeeds() {
        byte[] bytes = new byte[8192];
        System.arraycopy(DmLogFormat.encode(LogImage.allClean(8)).array(), 0, bytes, 0, 1536);
        LogContents contents = LogContents.read(new RecordingLeg(bytes), 8);
        assertThat(contents.distrust()).isEmpty();
        assertThat(contents.image().cleanCount()).isEqualTo(8);
    }

    @Test
    void bitsBeyondTheLastRegionAreIgnored() {
        ByteBuffer log = allClean(20);
        log.putLong(1024, -1L).putLong(1032, -1L);
        LogContents contents = LogContents.read(new RecordingLeg(log.array()), 20);
        assertThat(contents.image().cleanCount()).isEqualTo(20);
        assertThat(DmLogFormat.encode(contents.image()).getLong(1024)).isEqualTo(0xF_FFFFL);
    }

    @Test
    void theBytesThatTheFormatDoesNotUseAreNotLookedAt() {
        ByteBuffer log = allClean(8);
        for (int i = 16; i < 1024; i++) {
            log.put(i, (byte) 0xEE);
        }
        assertThat(LogContents.read(new RecordingLeg(log.array()), 8).image().cleanCount()).isEqualTo(8);
    }

    @Test
    void anotherMagicNumber() {
        assertDistrusted(new byte[1536],
                "log: begins with the number 0x00000000; expected 0x4D695272, as in a log of dm-mirror");
        assertDistrusted(allClean(8).putInt(0, 0x7252694d).array(),
                "log: begins with the number 0x7252694D; expected 0x4D695272, as in a log of dm-mirror");
    }

    @Test
    void anotherVersion() {
        assertDistrusted(allClean(8).putInt(4, 1).array(), "log: is a log of version 1; expected version 2");
        assertDistrusted(allClean(8).putInt(4, -1).array(), "log: is a log of version 4294967295; expected version 2");
    }

    @Test
    void anotherNumberOfRegions() {
        assertDistrusted(allClean(8).putLong(8, 9).array(),
                "log: is a log of 9 regions; expected 8, as the volume has");
        assertDistrusted(allClean(8).putLong(8, 7).array(),
                "log: is a log of 7 regions; expected 8, as the volume has");
        assertDistrusted(allClean(8).putLong(8, 0x1_0000_0008L).array(),
                "log: is a log of 4294967304 regions; expected 8, as the volume has");
        assertDistrusted(allClean(8).putLong(8, -1).array(),
                "log: is a log of 18446744073709551615 regions; expected 8, as the volume has");
    }

    @Test
    void aLegThatIsTooShort() {
        assertDistrusted(new byte[1024],
                "log: is 1024 bytes long; expected at least 1536, as a log of 8 regions takes");
    }

    @Test
    void aLegThatCannotBeRead() {
        RecordingLeg leg = new RecordingLeg(allClean(8).array());
        leg.unreadableFrom(0);
        assertDistrusted(LogContents.read(leg, 8), 8, "log: the log cannot be read: Input/output error");
    }

    @Test
    void aLegThatCanBeReadInPartOnly() {
        RecordingLeg leg = new RecordingLeg(allClean(100_000).array());
        leg.unreadableFrom(8192);
        assertDistrusted(LogContents.read(leg, 100_000), 100_000, "log: the log cannot be read: Input/output error");
    }

    @Test
    void aFileThatWasCutShortWhileItWasOpen() throws IOException {
        Path path = folder.resolve("log");
        Files.write(path, allClean(8).array());
        try (FileLeg leg = FileLeg.open(path, Access.READ_ONLY)) {
            Files.write(path, new byte[0]);
            assertDistrusted(LogContents.read(leg, 8), 8, path + ": the log cannot be read: " + path
                    + ": a read of 1536 bytes at 0 found the end of the file; "
                    + "expected 1536 bytes, as there were when it was opened");
        }
    }

    @Test
    void readingIsPossibleOnAReadOnlyLegAndChangesNothing() throws IOException {
        Path path = folder.resolve("log");
        byte[] bytes = allClean(8).putInt(4, 7).array();
        Files.write(path, bytes);
        try (FileLeg leg = FileLeg.open(path, Access.READ_ONLY)) {
            assertDistrusted(LogContents.read(leg, 8), 8, path + ": is a log of version 7; expected version 2");
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(bytes);
    }

    private static ByteBuffer allClean(int regions) {
        return DmLogFormat.encode(LogImage.allClean(regions));
    }

    private static void assertDistrusted(byte[] log, String sentence) {
        RecordingLeg leg = new RecordingLeg(log);
        assertDistrusted(LogContents.read(leg, 8), 8, sentence);
        assertThat(leg.takeCalls()).isEmpty();
    }

    private static void assertDistrusted(LogContents contents, int regions, String sentence) {
        assertThat(contents.distrust()).contains(sentence);
        assertThat(contents.image().regions()).isEqualTo(regions);
        assertThat(contents.image().cleanCount()).isZero();
    }
}
