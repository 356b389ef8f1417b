package dev.lockstep.log;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * The bits that a log is to have, in memory: one for each region, set when the region is clean. It takes one bit a
 * region, and remembers which runs of {@value #RUN} regions, the bits in a sector, have to be written again.
 *
 * <p>This is {@code bit} of {@code Mirror.tla} (region → TRUE is clean). It knows nothing of what is durable. Not safe
 * for use by several threads: whoever shares an image guards it, and does not change it while a log writes it.
 */
public final class LogImage {

    /** As many regions as a sector has bits: every format writes whole runs. */
    static final int RUN = 4096;

    private static final int REGION_TO_WORD = 6;
    private static final int REGION_TO_RUN = 12;

    private final int regions;
    private final long[] words;
    private final BitSet changedRuns = new BitSet();
    private int clean;

    private LogImage(int regions) {
        this.regions = regions;
        this.words = new long[words(regions)];
    }

    /**
     * An image in which every region is dirty.
     *
     * @param regions how many regions, at least 1
     * @return the image, with nothing changed
     * @throws IllegalArgumentException if there is less than one region
     */
    public static LogImage allDirty(int regions) {
        return new LogImage(regions);
    }

    /**
     * An image in which every region is clean.
     *
     * @param regions how many regions, at least 1
     * @return the image, with nothing changed
     * @throws IllegalArgumentException if there is less than one region
     */
    public static LogImage allClean(int regions) {
        LogImage image = new LogImage(regions);
        Arrays.fill(image.words, -1L);
        image.words[image.words.length - 1] &= image.usedBits(image.words.length - 1);
        image.clean = regions;
        return image;
    }

    /**
     * The number of regions.
     *
     * @return at least 1
     */
    public int regions() {
        return regions;
    }

    /**
     * Whether a region is clean.
     *
     * @param region counted from 0
     * @return true if its bit is set
     * @throws IndexOutOfBoundsException if there is no such region
     */
    public boolean isClean(int region) {
        Objects.checkIndex(region, regions);
        return (words[region >>> 6] >>> region & 1) != 0;
    }

    /**
     * Turns a region's bit to clean.
     *
     * @param region counted from 0
     * @return whether that changed anything
     * @throws IndexOutOfBoundsException if there is no such region
     */
    public boolean markClean(int region) {
        if (isClean(region)) {
            return false;
        }
        turn(region);
        clean++;
        return true;
    }

    /**
     * Turns a region's bit to dirty.
     *
     * @param region counted from 0
     * @return whether that changed anything
     * @throws IndexOutOfBoundsException if there is no such region
     */
    public boolean markDirty(int region) {
        if (!isClean(region)) {
            return false;
        }
        turn(region);
        clean--;
        return true;
    }

    /** Turns every region's bit to dirty. */
    public void markAllDirty() {
        for (int region = 0; region < regions && clean > 0; region++) {
            markDirty(region);
        }
    }

    /**
     * The number of clean regions. It is kept, not counted.
     *
     * @return from 0 to {@link #regions()}
     */
    public int cleanCount() {
        return clean;
    }

    /**
     * The number of dirty regions. It is kept, not counted.
     *
     * @return from 0 to {@link #regions()}
     */
    public int dirtyCount() {
        return regions - clean;
    }

    /**
     * The first dirty region from a given one on.
     *
     * @param from the first region to look at, counted from 0; may be {@link #regions()}
     * @return the region, or -1 if there is none
     * @throws IndexOutOfBoundsException if {@code from} is negative or above {@link #regions()}
     */
    public int nextDirty(int from) {
        Objects.checkFromToIndex(from, regions, regions);
        if (from == regions) {
            return -1;
        }
        int word = from >>> 6;
        long dirty = ~words[word] & usedBits(word) & -1L << from;
        while (dirty == 0) {
            word++;
            if (word == words.length) {
                return -1;
            }
            dirty = ~words[word] & usedBits(word);
        }
        return (word << 6) + Long.numberOfTrailingZeros(dirty);
    }

    /**
     * Whether a bit was turned since the log last wrote the run that it is in. A bit that was turned and turned back
     * counts.
     *
     * @return true if a log that keeps this image has something to write
     */
    public boolean isChanged() {
        return !changedRuns.isEmpty();
    }

    /** The first run from {@code from} on in which a bit was turned, or -1. */
    int nextChangedRun(int from) {
        return changedRuns.nextSetBit(from);
    }

    /** The runs from the first up to but without {@code end} are on their way to the device as they are now. */
    void runsWritten(int first, int end) {
        changedRuns.clear(first, end);
    }

    /** The number of 64-bit words that hold the bits of so many regions. */
    static int words(int regions) {
        if (regions <= 0) {
            throw new IllegalArgumentException("a log of " + regions + " regions; expected at least 1");
        }
        return (regions - 1 >>> REGION_TO_WORD) + 1;
    }

    /** 64 bits, those of regions that do not exist being 0; index counts from 0. */
    long word(int index) {
        return words[index];
    }

    /** Takes 64 bits as they were read, ignoring those of regions that do not exist; this is no change. */
    void setWord(int index, long bits) {
        clean -= Long.bitCount(words[index]);
        words[index] = bits & usedBits(index);
        clean += Long.bitCount(words[index]);
    }

    private void turn(int region) {
        words[region >>> 6] ^= 1L << region;
        changedRuns.set(region >>> REGION_TO_RUN);
    }

    /** The bits of a word that belong to regions; all of them but in the last word. */
    private long usedBits(int index) {
        return index == words.length - 1 ? -1L >>> -regions : -1L;
    }
}
