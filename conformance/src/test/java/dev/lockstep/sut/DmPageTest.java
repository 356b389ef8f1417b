package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.DmLogFormat;
import dev.lockstep.log.LogImage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The rig's own reader of a log in dm-mirror's format, beside the production code that writes it. */
class DmPageTest {
    private static ByteBuffer log(int regions, int... dirty) {
        LogImage image = LogImage.allClean(regions);
        for (int region : dirty) {
            image.markDirty(region);
        }
        return DmLogFormat.encode(image);
    }

    @Test
    void readsWhatTheMirrorWrites() {
        assertThat(DmPage.bits(log(3, 1), 3)).isEqualTo(0b101);
        assertThat(DmPage.bits(log(64), 64)).isEqualTo(-1L);
        for (int regions : new int[] {1, 3, 63, 64}) {
            assertThat(DmPage.wrong(log(regions), regions)).isEmpty();
            assertThat(DmPage.bytes()).isEqualTo((int) DmLogFormat.requiredLength(regions));
        }
    }

    @Test
    void ofAHeaderThatIsNotRightEveryBitIsDirty() {
        for (int at : new int[] {0, 4, 8}) {
            ByteBuffer log = log(3);
            log.put(at, (byte) (log.get(at) + 1));
            assertThat(DmPage.bits(log, 3)).as("byte %d", at).isZero();
            assertThat(DmPage.wrong(log, 3)).as("byte %d", at).hasValueSatisfying(wrong -> assertThat(wrong).startsWith("begins with 0x"));
        }
        assertThat(DmPage.wrong(log(3), 2)).contains("begins with 0x4D695272, is of version 2 and of 3 regions");
    }

    @Test
    void whatIsNotUsedIsZeros() {
        for (int at : new int[] {16, 1023, 1024, 1031, 1032, 1535}) {
            ByteBuffer log = log(3);
            log.put(at, (byte) (log.get(at) | 8));
            assertThat(DmPage.wrong(log, 3)).as("byte %d", at).contains("has something in the 8 bytes at " + at / 8 * 8 + " that is not used");
            assertThat(DmPage.bits(log, 3)).isEqualTo(0b111);
        }
    }
}
