package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Ext2BitmapTest {
    private final Ext2Bitmap bitmap = new Ext2Bitmap();

    private byte[] bytes(int value) {
        byte[] bytes = new byte[Size.BLOCK_BYTES];
        bitmap.bytes(0, value).get(bytes);
        return bytes;
    }

    @Test
    void theTwoContentsDifferInOneBitOfTheThirdByte() {
        assertThat(bitmap.values()).isEqualTo(2);
        assertThat(HexFormat.of().formatHex(bytes(0), 0, 4)).isEqualTo("ffff0700");
        assertThat(HexFormat.of().formatHex(bytes(1), 0, 4)).isEqualTo("ffff0f00");
        byte[] changed = bytes(0);
        changed[2] |= 8;
        assertThat(bytes(1)).isEqualTo(changed);
    }

    @Test
    void theAllocatorHandsOutTheFirstBlockWithoutAnOwner() {
        assertThat(Ext2Bitmap.allocate(bytes(0))).isEqualTo(19);
        assertThat(Ext2Bitmap.allocate(bytes(1))).isEqualTo(20);
    }

    @Test
    void itsBytesAreADevicesBlock() {
        assertThat(bitmap.bytes(0, 1).isDirect()).isTrue();
        assertThat(bitmap.bytes(0, 1).remaining()).isEqualTo(Size.BLOCK_BYTES);
    }
}
