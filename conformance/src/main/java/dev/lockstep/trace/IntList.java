package dev.lockstep.trace;

import java.util.Arrays;

/** A growing list of ints. */
final class IntList {
    private int[] items = new int[64];
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return items[index];
    }

    void set(int index, int item) {
        items[index] = item;
    }

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size + (size >> 1));
        }
        items[size++] = item;
    }

    /** Returns the first {@code length} items; the list must not be used after it. */
    int[] take(int length) {
        int[] taken = items.length == length ? items : Arrays.copyOf(items, length);
        items = null;
        return taken;
    }
}
