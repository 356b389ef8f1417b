package dev.lockstep.validate;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The numbers of a recording's writes. A write past the page cache has its number in its memory; a page is written back by one write at
 * a time. Thread-safe.
 */
final class Writes {
    private final AtomicInteger last = new AtomicInteger();
    private final AtomicIntegerArray ofPages;
    private final AtomicIntegerArray pagesOfSlots;
    /** The discard in flight, of which there is one at most, and its block; 0 if there is none. */
    private final AtomicInteger discard = new AtomicInteger();
    private volatile int discarded;
    private final Set<Integer> issued = ConcurrentHashMap.newKeySet();

    Writes(int pages, int slots) {
        ofPages = new AtomicIntegerArray(pages);
        pagesOfSlots = new AtomicIntegerArray(slots);
    }

    /** A number for a write past the page cache. */
    int next() {
        return last.incrementAndGet();
    }

    /** A number for a discard; 0 if one is in flight. */
    int nextDiscard(int block) {
        if (discard.get() != 0) {
            return 0;
        }
        int number = next();
        discarded = block;
        discard.set(number);
        return number;
    }

    /** The discard has ended. */
    void discardEnded() {
        discard.set(0);
    }

    /** The block that a write is of which has this memory, from its position on. */
    int block(ByteBuffer memory) {
        return Contents.discarded(memory) ? discarded : Contents.block(memory);
    }

    /** A page comes under write-back. */
    int writeBack(int page, int slot) {
        int number = next();
        ofPages.set(page, number);
        pagesOfSlots.set(slot, page);
        return number;
    }

    /** The write-back in a slot of the page cache. */
    int inSlot(int slot) {
        return ofPages.get(pagesOfSlots.get(slot));
    }

    /** A write is seen to be issued; false if it was before. */
    boolean issue(int number) {
        return issued.add(number);
    }

    /** The write that has this memory, from its position on. */
    int of(ByteBuffer memory) {
        if (Contents.discarded(memory)) {
            return discard.get();
        }
        int number = Contents.write(memory);
        return number != 0 ? number : ofPages.get(Contents.block(memory));
    }
}
