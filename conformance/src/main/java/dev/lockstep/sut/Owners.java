package dev.lockstep.sut;

import java.util.Arrays;

/**
 * Which blocks a file owns, and what a crash may find of that: what a file system keeps in a journal of its own, which is not on
 * the mirror. The variables {@code owned} and {@code ownedMay} of Mirror.tla. The mirror knows nothing of it. Not thread-safe.
 */
final class Owners {
    static final int OWNED = 0;
    static final int FREE = 1;
    static final int NEW = 2;
    private static final int MAY_BE_FREE = 1;
    private static final int MAY_BE_OWNED = 2;

    private final Surroundings surroundings;
    private final int[] owned;
    private final int[] may;
    /** What the last crash left to be found. */
    private int[] left;

    Owners(int blocks, Surroundings surroundings) {
        this.surroundings = surroundings;
        owned = new int[blocks];
        may = new int[blocks];
        Arrays.fill(may, MAY_BE_OWNED);
        left = may.clone();
    }

    int of(int block) {
        return owned[block];
    }

    /** What a crash may find: bit 0 for free, bit 1 for owned. */
    int may(int block) {
        return may[block];
    }

    boolean isFree(int block) {
        return owned[block] == FREE;
    }

    /** A file is truncated: its page leaves the cache in the same step. */
    void free(int block) {
        owned[block] = FREE;
        may[block] = surroundings.freeDurable() ? MAY_BE_FREE : may[block] | MAY_BE_FREE;
    }

    /** Another file gets the block. */
    void allocate(int block) {
        owned[block] = NEW;
        may[block] |= surroundings.orderedData() ? 0 : MAY_BE_OWNED;
    }

    /** A write of the block has ended: a new file's data is there. */
    void written(int block) {
        if (owned[block] == NEW) {
            owned[block] = OWNED;
        }
    }

    private int committed(int block) {
        return switch (owned[block]) {
            case OWNED -> MAY_BE_OWNED;
            case FREE -> MAY_BE_FREE;
            default -> surroundings.orderedData() ? may[block] : MAY_BE_OWNED;
        };
    }

    boolean isCommitted(int block) {
        return may[block] == committed(block);
    }

    boolean allCommitted() {
        boolean all = true;
        for (int block = 0; block < owned.length; block++) {
            all &= isCommitted(block);
        }
        return all;
    }

    /** The journal is written. */
    void commit(int block) {
        may[block] = committed(block);
    }

    /** The journal is written: sync() does that, too. */
    void commitAll() {
        for (int block = 0; block < owned.length; block++) {
            commit(block);
        }
    }

    /**
     * The file system finds what it had committed, or what it was committing. Which of the two is not the mirror's to say: here
     * it is a block owned by a file, if that may be, since what is in a free block nobody reads. {@link #found} may say otherwise.
     */
    void crash() {
        left = may.clone();
        for (int block = 0; block < owned.length; block++) {
            found(block, (may[block] & MAY_BE_OWNED) != 0);
        }
    }

    /** The file system has found this of a block, of what the last crash left it to find. */
    void found(int block, boolean byAFile) {
        int found = byAFile ? MAY_BE_OWNED : MAY_BE_FREE;
        if ((left[block] & found) == 0) {
            throw new RefusedException("a crash may not find block " + block + (byAFile ? " owned by a file" : " free"));
        }
        owned[block] = byAFile ? OWNED : FREE;
        may[block] = found;
    }
}
