package dev.lockstep.volume;

import dev.lockstep.region.Extent;
import dev.lockstep.store.Leg;
import java.util.List;
import java.util.Optional;

/**
 * How a volume is divided.
 *
 * @param bytes       its length in bytes, a multiple of 512; each of its legs has at least that
 * @param regionBytes the length of a region in bytes: a power of two, 4 KiB to 64 MiB; the last may be cut short
 * @param legs        how many legs it has: 2 to 9, as dm-mirror allows
 * @param source      the leg that a region out of sync is read and resynced from
 */
public record Layout(long bytes, int regionBytes, int legs, int source) {
    private static final int SECTOR = 512;
    private static final int SMALLEST_REGION = 4 << 10;
    private static final int LARGEST_REGION = 64 << 20;
    private static final int USUAL_REGION = 512 << 10;
    private static final int MOST_REGIONS = 2 << 20;
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

    /**
     * {@return the layout of a volume whose region size is chosen from its length, and whose source is its first leg}
     *
     * @param bytes its length in bytes: a multiple of 512
     * @param legs  how many legs it has
     */
    public static Layout of(long bytes, int legs) {
        return new Layout(bytes, defaultRegionBytes(bytes), legs, 0);
    }

    /**
     * {@return the region size for a volume of which nobody says it, in bytes} Up to 1 TiB it is 512 KiB: small enough that a
     * resync of one is over soon, large enough that clean regions are seldom made dirty, which costs a flush of the log. A longer
     * volume has larger regions, so that there are at most 2,097,152, of which each takes a byte of memory; up to 64 MiB.
     *
     * @param bytes the volume's length in bytes
     */
    public static int defaultRegionBytes(long bytes) {
        int regionBytes = USUAL_REGION;
        while (regionBytes < LARGEST_REGION && (bytes - 1) / regionBytes >= MOST_REGIONS) {
            regionBytes *= 2;
        }
        return regionBytes;
    }

    /**
     * Finds a leg that is too short for the volume. A longer one will do: what is beyond the volume is not its own.
     *
     * @param found the legs
     * @return one sentence that names the first leg that is too short; empty if there is none
     */
    Optional<String> tooShort(List<? extends Leg> found) {
        return found.stream().filter(leg -> leg.length() < bytes).findFirst().map(leg -> "leg " + leg.name() + " has "
                + leg.length() + " bytes; at least " + bytes + " are expected");
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
     * {@return how many bytes of the volume lie in a region} Less than {@link #regionBytes} of the last, if that is cut short.
     *
     * @param region the region
     */
    public int bytesOf(int region) {
        return (int) Math.min(regionBytes, bytes - (long) region * regionBytes);
    }

    /**
     * {@return the region in which a byte lies}
     *
     * @param position the byte, counted from the beginning of the volume
     */
    public int region(long position) {
        return (int) (position >> Integer.numberOfTrailingZeros(regionBytes));
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

    /** Where a chunk of a region begins, in bytes; beyond the volume's end, if the region is cut short. */
    long position(int region, int chunk) {
        return (long) region * regionBytes + (long) chunk * chunkBytes();
    }

    /** How many bytes of a chunk that begins there are in the volume; 0 or less if it is not there. */
    int chunkLength(long position) {
        return (int) Math.min(chunkBytes(), bytes - position);
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
