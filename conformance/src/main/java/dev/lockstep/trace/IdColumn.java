package dev.lockstep.trace;

import java.util.Arrays;

/**
 * A growing list of ids (0 and up) in as few bytes each as the largest id so far needs: one, two or four. Most
 * variables of a model have a handful of values, and there are millions of states and edges.
 */
final class IdColumn {
    private static final int BYTE_MAX = 0xFF;
    private static final int SHORT_MAX = 0xFFFF;

    private int size;
    private byte[] bytes = new byte[64];
    private short[] shorts;
    private int[] ints;

    int size() {
        return size;
    }

    int get(int index) {
        if (bytes != null) {
            return bytes[index] & BYTE_MAX;
        }
        return shorts != null ? shorts[index] & SHORT_MAX : ints[index];
    }

    void add(int id) {
        fit(id);
        if (bytes != null) {
            bytes = size == bytes.length ? Arrays.copyOf(bytes, grown()) : bytes;
        } else if (shorts != null) {
            shorts = size == shorts.length ? Arrays.copyOf(shorts, grown()) : shorts;
        } else {
            ints = size == ints.length ? Arrays.copyOf(ints, grown()) : ints;
        }
        size++;
        store(size - 1, id);
    }

    /** Replaces the id at an index; it must fit the width that {@link #add} has led to. */
    void set(int index, int id) {
        fit(id);
        store(index, id);
    }

    /** Drops everything from {@code newSize} on, and the spare room. */
    void truncate(int newSize) {
        size = newSize;
        bytes = bytes == null ? null : Arrays.copyOf(bytes, size);
        shorts = shorts == null ? null : Arrays.copyOf(shorts, size);
        ints = ints == null ? null : Arrays.copyOf(ints, size);
    }

    private int grown() {
        return Math.max(64, size + (size >> 1));
    }

    private void store(int index, int id) {
        if (bytes != null) {
            bytes[index] = (byte) id;
        } else if (shorts != null) {
            shorts[index] = (short) id;
        } else {
            ints[index] = id;
        }
    }

    private void fit(int id) {
        if (bytes != null && id > BYTE_MAX) {
            shorts = new short[bytes.length];
            for (int i = 0; i < size; i++) {
                shorts[i] = (short) (bytes[i] & BYTE_MAX);
            }
            bytes = null;
        }
        if (shorts != null && id > SHORT_MAX) {
            ints = new int[shorts.length];
            for (int i = 0; i < size; i++) {
                ints[i] = shorts[i] & SHORT_MAX;
            }
            shorts = null;
        }
    }
}
