package dev.lockstep.sut;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a model: {@code 1x2x2} has 1 region of 2 blocks on 2 legs.
 *
 * @param regions         how many regions
 * @param blocksPerRegion how many blocks each of them has: a power of two
 * @param legs            how many legs
 * @param slots           how many writes can be in flight at one time
 */
public record Size(int regions, int blocksPerRegion, int legs, int slots) {
    /** The smallest size there is a mirror of. */
    public static final Size SMALLEST = new Size(1, 1, 2);
    /** A model's block is played by a page of 4 KiB: eight sectors, each with a stamp of its own. */
    public static final int BLOCK_BYTES = 4096;

    private static final Pattern FORM = Pattern.compile("([1-9])x([1-9])x([1-9])");
    private static final int MOST_COPIES = 6;
    private static final int MOST_SLOTS = 4;

    /** Refuses a size that cannot be replayed. */
    public Size {
        if (regions < 1 || legs < 2 || legs > 3 || Integer.bitCount(blocksPerRegion) != 1
                || regions * blocksPerRegion * legs > MOST_COPIES) {
            throw new IllegalArgumentException("size " + regions + "x" + blocksPerRegion + "x" + legs
                    + " cannot be replayed; at most 6 copies of blocks in all, in regions of 1 or 2 blocks, on 2 or 3 legs are expected");
        }
        if (slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException(slots + " writes at a time cannot be replayed; 1 to " + MOST_SLOTS + " are expected");
        }
    }

    /**
     * A size with as many slots as blocks, as the models that are replayed have.
     *
     * @param regions         how many regions
     * @param blocksPerRegion how many blocks each of them has: a power of two
     * @param legs            how many legs
     */
    public Size(int regions, int blocksPerRegion, int legs) {
        this(regions, blocksPerRegion, legs, Math.max(1, Math.min(MOST_SLOTS, regions * blocksPerRegion)));
    }

    /**
     * Reads a size as a user writes it.
     *
     * @param text such as {@code 1x1x2}
     * @return the size
     * @throws IllegalArgumentException with one sentence, if it is none
     */
    public static Size parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("size " + text + " is no size; regions x blocks a region x legs, such as "
                    + "1x1x2, is expected");
        }
        return new Size(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    }

    /** {@return how many blocks the volume has} */
    public int blocks() {
        return regions * blocksPerRegion;
    }

    /** {@return the length of a region, in bytes} */
    public int regionBytes() {
        return blocksPerRegion * BLOCK_BYTES;
    }

    /** {@return the length of the volume, in bytes} */
    public long bytes() {
        return (long) blocks() * BLOCK_BYTES;
    }

    @Override
    public String toString() {
        return regions + "x" + blocksPerRegion + "x" + legs;
    }
}
