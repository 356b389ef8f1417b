package dev.lockstep.cache;

import java.util.TreeSet;

/** The slots of Mirror.tla, as far as write-backs use them, and the pages that wait for one. Guarded by the cache's lock. */
final class Slots {
    private final WriteBack[] slots;
    private final TreeSet<Long> waiting = new TreeSet<>();

    /** Refuses, with one sentence, to have no slot. */
    Slots(int count) {
        if (count <= 0) {
            throw new IllegalArgumentException(count + " pages may be under write-back; at least 1 is expected");
        }
        slots = new WriteBack[count];
    }

    int count() {
        return slots.length;
    }

    /** The first that is free, or {@link Page#NO_SLOT}. */
    int firstFree() {
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] == null) {
                return slot;
            }
        }
        return Page.NO_SLOT;
    }

    /** What a slot is used for, or null. */
    WriteBack in(int slot) {
        return slots[slot];
    }

    void take(int slot, Page page) {
        page.slot = slot;
        slots[slot] = new WriteBack(page);
        waiting.remove(page.number);
    }

    void free(int slot) {
        slots[slot].page.slot = Page.NO_SLOT;
        slots[slot] = null;
    }

    /** A page that finds no slot has its turn when there is one. */
    void await(long page) {
        waiting.add(page);
    }

    void forget(long page) {
        waiting.remove(page);
    }

    /** Takes out the page whose turn it is, if there is one and a slot for it; else null. */
    Long next() {
        return firstFree() == Page.NO_SLOT ? null : waiting.pollFirst();
    }
}
