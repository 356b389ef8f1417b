package dev.lockstep.log;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * The bits that a log is to have, in memory: one for each region, set when the region is clean. It takes one bit a
 * region, and remembers which chunks of the log have to be written again.
 *
 * <p>This is {@code bit} of {@code Mirror.tla} (region → TRUE is clean). It knows nothing of what is durable. Not safe
 * for use by several threads: whoever shares an image guards it, and does not change it while a log writes it.
 */
public final class LogImage {

    private final int regions;
    private final long[] words;
    private final BitSet changedChunks = new BitSet();
    private int clean;

    private LogImage(int regions) {
        this.regions = regions;
        this.words = new long[DmLogFormat.words(regions)];
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
     * Whether a bit was turned since the log last wrote the chunk that it is in. A bit that was turned and turned back
     * counts.
     *
     * @return true if a log that keeps this image has something to write
     */
    public boolean isChanged() {
        return !changedChunks.isEmpty();
    }

    /** The first chunk from {@code from} on that was changed, or -1. */
    int nextChangedChunk(int from) {
        return changedChunks.nextSetBit(from);
    }

    /** The chunk is on its way to the device as it is now. */
    void chunkWritten(int chunk) {
        changedChunks.clear(chunk);
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
        changedChunks.set(DmLogFormat.chunkOf(region));
    }

    /** The bits of a word that belong to regions; all of them but in the last word. */
    private long usedBits(int index) {
        return index == words.length - 1 ? -1L >>> -regions : -1L;
    }
}
