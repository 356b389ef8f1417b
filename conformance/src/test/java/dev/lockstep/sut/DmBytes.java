package dev.lockstep.sut;

import dev.lockstep.store.Leg;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The bytes of a log in dm-mirror's format as the kernel's drivers/md/dm-log.c has them, without the code under test; and what the contents of
 * OneCopy are, where each of its regions is all that a sector holds. Not thread-safe.
 */
final class DmBytes {
    static final int SECTOR_REGIONS = 4096;
    private static final int FIRST = 2;
    private static final int CHUNK = 4096;

    final int regions;
    /** The sectors of the module's regions, counted from the log's first. */
    final List<Integer> observed;
    final int sectors;
    private boolean mixed;

    /** @param places which of the sectors with bits */
    DmBytes(int regions, List<Integer> places) {
        this.regions = regions;
        this.observed = places.stream().map(place -> FIRST + place).toList();
        this.sectors = FIRST + (regions + SECTOR_REGIONS - 1) / SECTOR_REGIONS;
    }

    /** What "clean" is from now on: not every region of the sector, or every one. */
    void mix(boolean how) {
        mixed = how;
    }

    int first(int sector) {
        return (sector - FIRST) * SECTOR_REGIONS;
    }

    int end(int sector) {
        return Math.min(regions, first(sector) + SECTOR_REGIONS);
    }

    int sectorOf(int region) {
        return FIRST + region / SECTOR_REGIONS;
    }

    /** Whether a region of an observed sector is clean where that is "clean". */
    boolean isClean(int region) {
        return !mixed || region == end(sectorOf(region)) - 1 || (region + region / 7) % 5 != 1;
    }

    /** The bytes of a log that is whole. */
    byte[] encode(BitSet clean) {
        byte[] bytes = new byte[sectors * Leg.SECTOR];
        header(bytes, regions);
        clean.stream().forEach(region -> bytes[1024 + region / 8] |= (byte) (1 << region % 8));
        return bytes;
    }

    private static void header(byte[] into, long count) {
        ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN).putInt(0x4D695272).putInt(2).putLong(count);
    }

    /** A sector of bits that says this of all its regions. */
    byte[] bits(int sector, String content) {
        byte[] bytes = new byte[Leg.SECTOR];
        for (int region = first(sector); region < end(sector) && content.equals("clean"); region++) {
            if (isClean(region)) {
                bytes[region % SECTOR_REGIONS / 8] |= (byte) (1 << region % 8);
            }
        }
        return bytes;
    }

    /** {@return what a sector of bits says: the name that it has in the module, or what it is instead} */
    String said(int sector, byte[] bytes) {
        byte[] held = bytes.clone();
        unused(sector, held, 0);
        return Arrays.equals(held, bits(sector, "clean")) ? "clean" : Arrays.equals(held, bits(sector, "dirty")) ? "dirty" : "other bits";
    }

    /** Whether a header is right for a volume of so many regions. */
    static boolean isRight(byte[] header, int regions) {
        byte[] right = new byte[16];
        header(right, regions);
        return Arrays.equals(right, 0, 16, header, 0, 16);
    }

    static boolean isClean(byte[] log, int region) {
        return (log[1024 + region / 8] >> region % 8 & 1) != 0;
    }

    /** Sets each bit of a sector that is of no region and of no header. */
    void unused(int sector, byte[] bytes, int to) {
        if (sector < FIRST) {
            Arrays.fill(bytes, sector == 0 ? 16 : 0, bytes.length, (byte) to);
            return;
        }
        for (int bit = end(sector) - first(sector); bit < SECTOR_REGIONS; bit++) {
            int mask = 1 << bit % 8;
            bytes[bit / 8] = (byte) (bytes[bit / 8] & ~mask | to & mask);
        }
    }

    /** A header that is not right, in one of many ways. */
    byte[] wrong(int way) {
        byte[] bytes = new byte[Leg.SECTOR];
        header(bytes, regions);
        ByteBuffer held = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (way % 8) {
            case 0 -> Arrays.fill(bytes, (byte) 0);
            case 1 -> held.putInt(4, 1 + way / 8 % 2 * 2);
            case 2 -> held.putLong(8, regions + 1 - way / 8 % 2 * 2);
            case 3 -> held.putLong(8, regions | 1L << 32 + way % 32);
            case 4 -> held.order(ByteOrder.BIG_ENDIAN).putInt(0x4D695272).putInt(2).putLong(regions);
            case 5 -> held.putLong(8, Long.reverseBytes(regions));
            case 6 -> Arrays.fill(bytes, (byte) -1);
            default -> {
                int at = way / 8 % 16;
                bytes[at] ^= (byte) (1 << way / 128 % 8);
            }
        }
        return bytes;
    }

    /** The chunk that has a sector: the mirror writes a log in such pieces. */
    static int chunkOf(int sector) {
        return sector * Leg.SECTOR / CHUNK;
    }

    int chunks() {
        return chunkOf(sectors - 1) + 1;
    }

    /** How a chunk is written: where, and how many bytes. */
    List<Integer> chunk(int chunk, int from) {
        int begin = Math.max(chunk * CHUNK, from);
        return List.of(begin, Math.min((chunk + 1) * CHUNK, sectors * Leg.SECTOR) - begin);
    }
}
