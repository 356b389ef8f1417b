package dev.lockstep.cache;

import java.nio.ByteBuffer;

/** A page in the cache. Its bytes are shared with whoever writes it; the rest is guarded by the cache's lock. */
final class Page {
    static final int NO_SLOT = -1;

    final long number;
    final ByteBuffer memory;
    /** The page-dirty bit. */
    boolean dirty;
    /** A change is half done: stored into, and not marked page-dirty yet. Whoever stored holds the page in the cache. */
    boolean changing;
    /** The slot of its write-back, or none. */
    int slot = NO_SLOT;

    Page(long number, ByteBuffer memory) {
        this.number = number;
        this.memory = memory;
    }

    boolean underWriteBack() {
        return slot != NO_SLOT;
    }

    boolean needed() {
        return dirty || changing || underWriteBack();
    }
}
