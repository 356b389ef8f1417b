package dev.lockstep.sut;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Contents that can be recognised in every sector: the words {@code block B sector S value V}, then bytes that depend on
 * all three. So a write that is torn, or lands elsewhere, is like no content of the block that it is found in.
 */
public final class Stamps implements BlockContents {
    private static final int SECTOR = 512;
    private static final int WORDS = 64;

    private final ByteBuffer[][] stamps;

    /**
     * Makes the stamps.
     *
     * @param blocks how many blocks there are
     * @param values how many contents each may have
     */
    public Stamps(int blocks, int values) {
        stamps = new ByteBuffer[blocks][values];
        for (int block = 0; block < blocks; block++) {
            for (int value = 0; value < values; value++) {
                stamps[block][value] = stamp(block, value);
            }
        }
    }

    private static ByteBuffer stamp(int block, int value) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
        for (int sector = 0; sector < Size.BLOCK_BYTES / SECTOR; sector++) {
            byte[] words = ("block " + block + " sector " + sector + " value " + value + '\n')
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < SECTOR; i++) {
                bytes.put(i < words.length ? words[i]
                        : i < WORDS ? (byte) ' ' : (byte) (i * 31 + block * 7 + sector * 13 + value * 101));
            }
        }
        return bytes.flip().asReadOnlyBuffer();
    }

    @Override
    public int values() {
        return stamps[0].length;
    }

    @Override
    public ByteBuffer bytes(int block, int value) {
        return stamps[block][value].duplicate();
    }
}
