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
    private final Reading reading;
    private final AtomicInteger last = new AtomicInteger();
    private final AtomicIntegerArray ofPages;
    private final AtomicIntegerArray pagesOfSlots;
    /** The discard in flight, of which there is one at most, and its block; 0 if there is none. */
    private final AtomicInteger discard = new AtomicInteger();
    private volatile int discarded;
    private final Set<Integer> issued = ConcurrentHashMap.newKeySet();

    Writes(int pages, int slots) {
        this(pages, slots, Contents.READING);
    }

    Writes(int pages, int slots, Reading reading) {
        this.reading = reading;
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

    /** A page comes under a write past the page cache: it is not in it, and there is no other write of it. */
    int direct(int page) {
        int number = next();
        ofPages.set(page, number);
        return number;
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

    /** The last write of a block, or page, that has no number in its memory. */
    int ofBlock(int block) {
        return ofPages.get(block);
    }

    /** The write that has this memory, from its position on. */
    int of(ByteBuffer memory) {
        if (reading.discarded(memory)) {
            return discard.get();
        }
        int number = reading.write(memory);
        return number != 0 ? number : ofPages.get(reading.block(memory));
    }

    /** The block that memory is of, from its position on. */
    int block(ByteBuffer memory) {
        return reading.discarded(memory) ? discarded : reading.block(memory);
    }

    /** A block was read into memory, from its position on. */
    void tell(ByteBuffer bytes, int block) {
        reading.tell(bytes, block);
    }

    /** The content that bytes have, from their position on. */
    int content(ByteBuffer bytes) {
        return reading.content(bytes);
    }
}
