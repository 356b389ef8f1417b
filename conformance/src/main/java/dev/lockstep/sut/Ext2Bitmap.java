package dev.lockstep.sut;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * A block bitmap of ext2, and the same with one more block allocated: the two contents of the mail's example. Bit n of
 * the bitmap, little-endian, is set when block n of the group has an owner. Source: S7, "this modifies the bitmap".
 */
public final class Ext2Bitmap implements BlockContents {
    /** How many blocks of the group have an owner before the example begins. */
    private static final int OWNED = 19;

    /** {@return how many contents there are: before and after} */
    @Override
    public int values() {
        return 2;
    }

    @Override
    public ByteBuffer bytes(int block, int value) {
        BitSet owned = new BitSet();
        owned.set(0, OWNED + value);
        ByteBuffer bytes = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
        bytes.put(owned.toByteArray());
        return bytes.clear();
    }

    /**
     * {@return the block that an allocator hands out: the first without an owner}
     *
     * @param bitmap a bitmap's bytes
     */
    public static int allocate(byte[] bitmap) {
        return BitSet.valueOf(bitmap).nextClearBit(0);
    }
}
