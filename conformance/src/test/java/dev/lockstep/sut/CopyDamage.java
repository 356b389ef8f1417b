package dev.lockstep.sut;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ways in which a page can be damaged: at every field, with a checksum that does not fit and with one that does. One after the other. Only sectors
 * are damaged of which no write has the same as another one: else a torn write might bring back what was damaged.
 */
final class CopyDamage {
    private static final int[] OFFSETS = {0, 3, 7, 8, 11, 12, 15, 16, 23, 24, 31, 32, 39, 40, 43, 44, 47, 48, 55, 56, 63, 64, 67, 68, 70, 72, 80, 84, 88,
        96, 100, 500, 511, 512, 519, 520, 1024, 2048, 4088, 4095};

    private final List<Consumer<ByteBuffer>> sealed = new ArrayList<>();
    private final int[] offsets;
    private int next;

    CopyDamage(boolean superblock, int used) {
        offsets = Arrays.stream(OFFSETS).filter(at -> at < used).toArray();
        sealed.add(page -> page.put(0, (byte) (page.get(0) ^ 1)));
        sealed.add(page -> page.putInt(8, 3));
        sealed.add(page -> page.putInt(8, 1));
        sealed.add(page -> page.putLong(32, 0));
        sealed.add(page -> page.putLong(32, -1));
        if (superblock) {
            sealed.add(page -> page.putLong(72, 0));
            sealed.add(page -> page.putShort(68, (short) 9));
            sealed.add(page -> page.putShort(70, (short) 10));
            sealed.add(page -> page.putShort(114, (short) -1));
            sealed.add(page -> page.putInt(64, 0));
        } else {
            sealed.add(page -> page.putLong(16, ~page.getLong(16)));
            sealed.add(page -> page.putLong(24, ~page.getLong(24)));
            sealed.add(page -> page.putInt(40, page.getInt(40) + 1));
            sealed.add(page -> page.putInt(44, page.getInt(44) - 1));
            sealed.add(page -> page.putLong(0, CopyPages.SUPERBLOCK));
        }
    }

    /** {@return whether the page that is damaged next can still be read} */
    boolean readable() {
        return next % 5 != 4;
    }

    /** {@return a page, damaged in the next way} */
    byte[] next(byte[] whole) {
        byte[] bytes = whole.clone();
        ByteBuffer page = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int way = next / 2;
        if (next++ % 2 == 0) {
            sealed.get(way % sealed.size()).accept(page);
            page.putInt(12, CopyPages.checksum(bytes));
        } else {
            int at = offsets[way % offsets.length];
            page.put(at, (byte) (page.get(at) ^ 1 << way % 8));
        }
        return bytes;
    }
}
