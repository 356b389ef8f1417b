package dev.lockstep.crash.enumerate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a device with a volatile cache holds, block by block: the promise of {@link dev.lockstep.store.Leg}, "What survives". It is
 * written down here a second time, and not taken from what judges it. Contents are numbers of a {@link BlockPool}. Any number of
 * writes and flushes may be under way, but no two writes of one block. Not thread-safe.
 */
final class VolatileBlocks {
    private static final int NONE = -1;
    /** Sets of one, which are never changed in place: there are far more of them than of contents. */
    private static final int[][] SINGLES = IntStream.range(0, 1 << 12).mapToObj(content -> new int[] {content}).toArray(int[][]::new);

    /** The content that the last write that has ended left. */
    private final int[] settled;
    private final int[] underWay;
    /** What a power cut may leave: never changed in place, as epochs share it. */
    private final int[][] may;
    /** The same without the write under way. */
    private final int[][] mayWithout;
    /** Of each flush under way, what may be left once it has ended. */
    private final List<int[][]> flushes = new ArrayList<>();

    /** Blocks as a crash left them. */
    VolatileBlocks(int[] now, int[][] may) {
        this.settled = now.clone();
        this.underWay = new int[now.length];
        Arrays.fill(underWay, NONE);
        this.may = may.clone();
        this.mayWithout = may.clone();
    }

    /** Blocks that hold something durably. */
    static int[][] durable(int[] now) {
        int[][] may = new int[now.length][];
        for (int block = 0; block < now.length; block++) {
            may[block] = now[block] < SINGLES.length ? SINGLES[now[block]] : new int[] {now[block]};
        }
        return may;
    }

    int length() {
        return settled.length;
    }

    /** What a read sees. */
    int visible(int block) {
        return underWay[block] == NONE ? settled[block] : underWay[block];
    }

    /** A write under way has read its memory for a block: from now on the block may have it. */
    void captured(int block, int content) {
        if (underWay[block] != NONE) {
            throw new IllegalStateException("two writes of block " + block + " are under way");
        }
        underWay[block] = content;
        mayWithout[block] = may[block];
        may[block] = with(may[block], content);
        for (int[][] since : flushes) {
            since[block] = with(since[block], content);
        }
    }

    /** The write under way of a block has ended. */
    void written(int block) {
        settled[block] = underWay[block];
        underWay[block] = NONE;
        mayWithout[block] = may[block];
    }

    /** A flush begins: it covers what has ended. */
    Object flushBegun() {
        int[][] since = durable(settled);
        for (int block = 0; block < since.length; block++) {
            if (underWay[block] != NONE) {
                since[block] = with(since[block], underWay[block]);
            }
        }
        flushes.add(since);
        return since;
    }

    /** A flush has ended. A flush that was begun later may have ended before, and has taken more away. */
    void flushEnded(Object flush) {
        int[][] since = (int[][]) flush;
        flushes.removeIf(each -> each == since);
        for (int block = 0; block < since.length; block++) {
            may[block] = both(may[block], since[block]);
            mayWithout[block] = both(mayWithout[block], since[block]);
        }
    }

    /** What a crash may leave now. */
    Epoch epoch() {
        int[] now = new int[settled.length];
        for (int block = 0; block < now.length; block++) {
            now[block] = visible(block);
        }
        return new Epoch(settled.clone(), now, may.clone(), mayWithout.clone());
    }

    /**
     * What a crash may leave of a device.
     *
     * @param settled    what each block holds without the write under way
     * @param now        and with it
     * @param may        what a power cut may leave
     * @param mayWithout what it may leave if of the write under way the block has nothing
     */
    record Epoch(int[] settled, int[] now, int[][] may, int[][] mayWithout) {
    }

    private static int[] with(int[] set, int content) {
        if (contains(set, content)) {
            return set;
        }
        int[] larger = Arrays.copyOf(set, set.length + 1);
        larger[set.length] = content;
        return larger;
    }

    private static int[] both(int[] set, int[] other) {
        if (set.length == 1) {
            return set;
        }
        int[] kept = new int[set.length];
        int count = 0;
        for (int content : set) {
            if (contains(other, content)) {
                kept[count++] = content;
            }
        }
        return count == set.length ? set : Arrays.copyOf(kept, count);
    }

    static boolean contains(int[] set, int content) {
        for (int each : set) {
            if (each == content) {
                return true;
            }
        }
        return false;
    }
}
