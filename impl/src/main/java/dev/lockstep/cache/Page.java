package dev.lockstep.cache;

import java.nio.ByteBuffer;

/** A page in the cache. Its bytes are shared with whoever writes it; the rest is guarded by the cache's lock. */
final class Page {
    static final int NO_SLOT = -1;

    final long number;
    final ByteBuffer memory;
    /** How much of the memory is the page: less than all of it at the end of a volume. */
    final int length;
    /** The page-dirty bit. */
    boolean dirty;
    /** When the page-dirty bit was last set, by the cache's clock. */
    long dirtySince;
    /** It was stored into, and is not marked page-dirty yet. */
    boolean stored;
    /** How many have marked it page-dirty first, and have not stored into it yet. */
    int marked;
    /** How many have its memory in their hands: see {@link PagePin}. */
    int pins;
    /** Whether anyone ever had: who keeps a buffer for too long must not find another page in it. */
    boolean handedOut;
    /** A write-back was asked for that a pin kept from beginning. */
    boolean asked;
    /** The slot of its write-back, or none. */
    int slot = NO_SLOT;

    Page(long number, ByteBuffer memory) {
        this.number = number;
        this.memory = memory;
        this.length = memory.limit();
    }

    void markDirty(long now) {
        if (!dirty) {
            dirty = true;
            dirtySince = now;
        }
    }

    boolean underWriteBack() {
        return slot != NO_SLOT;
    }

    /** A change is half done: whoever has begun it holds the page in the cache. */
    boolean changing() {
        return stored || marked > 0;
    }

    boolean needed() {
        return dirty || changing() || pins > 0 || underWriteBack();
    }
}
