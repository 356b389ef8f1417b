package dev.lockstep.volume;

import dev.lockstep.region.Extent;

/**
 * How a volume is divided.
 *
 * @param bytes       its length in bytes, as long as each of its legs has
 * @param regionBytes the length of a region in bytes: a power of two, 4 KiB to 64 MiB; the last may be cut short
 * @param legs        how many legs it has: 2 to 9, as dm-mirror allows
 * @param source      the leg that a region out of sync is read and resynced from
 */
public record Layout(long bytes, int regionBytes, int legs, int source) {
    private static final int SECTOR = 512;
    private static final int SMALLEST_REGION = 4 << 10;
    private static final int LARGEST_REGION = 64 << 20;
    private static final int MOST_LEGS = 9;
    private static final int CHUNKS_PER_REGION = 64;

    /** Refuses, with one sentence, what no volume can have. */
    public Layout {
        require(bytes > 0 && bytes % SECTOR == 0, "the volume's length is " + bytes + " bytes; a multiple of 512 is expected");
        require(Integer.bitCount(regionBytes) == 1 && regionBytes >= SMALLEST_REGION && regionBytes <= LARGEST_REGION,
                "the region size is " + regionBytes + " bytes; a power of two from 4096 to 67108864 is expected");
        require((bytes - 1) / regionBytes < Integer.MAX_VALUE,
                "the volume has " + bytes + " bytes and regions of " + regionBytes + "; at most " + Integer.MAX_VALUE
                        + " regions are expected");
        require(legs >= 2 && legs <= MOST_LEGS, "the volume has " + legs + " legs; 2 to 9 are expected");
        require(source >= 0 && source < legs, "the source is leg " + source + "; 0 to " + (legs - 1) + " is expected");
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** {@return how many regions the volume has} */
    public int regions() {
        return (int) ((bytes - 1) / regionBytes) + 1;
    }

    /**
     * {@return the region in which a byte lies}
     *
     * @param position the byte, counted from the beginning of the volume
     */
    public int region(long position) {
        return (int) (position / regionBytes);
    }

    /**
     * {@return the blocks that a piece of a volume covers, those of which it covers a part included}
     *
     * @param position where it begins, in bytes
     * @param length   how long it is, in bytes
     */
    static Extent extent(long position, int length) {
        return new Extent(position / SECTOR, (position + length - 1) / SECTOR + 1);
    }

    /** {@return what a resync copies at a time, and a sweep compares, in bytes: 4 KiB or more, and a part of a region without remainder} */
    public int chunkBytes() {
        return Math.max(SMALLEST_REGION, regionBytes / CHUNKS_PER_REGION);
    }

    /** {@return how many chunks a region has} */
    public int chunksPerRegion() {
        return regionBytes / chunkBytes();
    }

    /**
     * Sees that a piece of the volume lies in one region.
     *
     * @param position where it begins, in bytes
     * @param length   how long it is, in bytes
     * @return the region
     * @throws IndexOutOfBoundsException if it does not
     */
    int regionOf(long position, int length) {
        if (position < 0 || length <= 0 || position > bytes - length || region(position) != region(position + length - 1)) {
            throw new IndexOutOfBoundsException(length + " bytes at " + position + " do not lie in one region of "
                    + regionBytes + " bytes of a volume of " + bytes);
        }
        return region(position);
    }
}
