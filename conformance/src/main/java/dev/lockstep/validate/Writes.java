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
    private final Set<Integer> issued = ConcurrentHashMap.newKeySet();

    Writes(int pages, int slots) {
        ofPages = new AtomicIntegerArray(pages);
        pagesOfSlots = new AtomicIntegerArray(slots);
    }

    /** A number for a write past the page cache. */
    int next() {
        return last.incrementAndGet();
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
        int number = Contents.write(memory);
        return number != 0 ? number : ofPages.get(Contents.block(memory));
    }
}
