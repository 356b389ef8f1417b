package dev.lockstep.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct states of a graph: a column of value ids per variable, and a hash table (open addressing, state ids
 * only) that finds a state by its row. Not thread-safe.
 */
final class StateTable {
    private static final int EMPTY = -1;

    private final List<List<Value>> values = new ArrayList<>();
    private final List<Map<Value, Integer>> idOf = new ArrayList<>();
    private final IdColumn[] columns;
    private int[] slots = new int[1024];
    private int size;

    StateTable(int variables) {
        columns = new IdColumn[variables];
        for (int v = 0; v < variables; v++) {
            columns[v] = new IdColumn();
            values.add(new ArrayList<>());
            idOf.add(new HashMap<>());
        }
        Arrays.fill(slots, EMPTY);
    }

    int size() {
        return size;
    }

    IdColumn[] columns() {
        return columns;
    }

    List<List<Value>> values() {
        return values;
    }

    int valueId(int variable, Value value) {
        Map<Value, Integer> ids = idOf.get(variable);
        Integer id = ids.get(value);
        if (id == null) {
            id = ids.size();
            ids.put(value, id);
            values.get(variable).add(value);
        }
        return id;
    }

    /** Returns the state with this row, made if it is new. */
    int state(int[] row) {
        int mask = slots.length - 1;
        int slot = hash(row) & mask;
        while (slots[slot] != EMPTY) {
            if (hasRow(slots[slot], row)) {
                return slots[slot];
            }
            slot = slot + 1 & mask;
        }
        slots[slot] = size;
        for (int v = 0; v < columns.length; v++) {
            columns[v].add(row[v]);
        }
        size++;
        if (size > slots.length / 2) {
            rehash();
        }
        return size - 1;
    }

    /** Frees what only {@link #state} and {@link #valueId} need. */
    void seal() {
        slots = null;
        idOf.clear();
        for (IdColumn column : columns) {
            column.truncate(size);
        }
    }

    private boolean hasRow(int state, int[] row) {
        for (int v = 0; v < row.length; v++) {
            if (columns[v].get(state) != row[v]) {
                return false;
            }
        }
        return true;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        Arrays.fill(slots, EMPTY);
        int mask = slots.length - 1;
        int[] row = new int[columns.length];
        for (int state = 0; state < size; state++) {
            for (int v = 0; v < row.length; v++) {
                row[v] = columns[v].get(state);
            }
            int slot = hash(row) & mask;
            while (slots[slot] != EMPTY) {
                slot = slot + 1 & mask;
            }
            slots[slot] = state;
        }
    }

    private static int hash(int[] row) {
        long hash = 0;
        for (int id : row) {
            hash = (hash + id + 1) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash ^ hash >>> 32);
    }
}
