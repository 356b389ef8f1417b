package dev.lockstep.tlc.inside;

/** A growing map from fingerprints to ids, by open addressing. Not thread-safe. */
final class LongIntMap {
    private static final int ABSENT = -1;

    private long[] keys = new long[1024];
    /** Id plus one; 0 marks a free place, so that any key can be stored. */
    private int[] values = new int[1024];
    private int size;

    int size() {
        return size;
    }

    /** Returns the id of a key, or -1. */
    int get(long key) {
        int slot = slot(key);
        return values[slot] == 0 ? ABSENT : values[slot] - 1;
    }

    /** Gives a key that is not there an id. */
    void put(long key, int id) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int slot = slot(key);
        keys[slot] = key;
        values[slot] = id + 1;
        size++;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key ^ key >>> 32) & mask;
        while (values[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
