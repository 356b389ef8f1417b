package dev.lockstep.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The writes in flight by their numbers, of which the lowest that is free is given first. Guarded by the shell's lock. */
final class InFlights {
    private final BitSet numbers = new BitSet();
    private InFlight[] writes = new InFlight[16];

    boolean isEmpty() {
        return numbers.isEmpty();
    }

    /** The number that the next write will have. */
    int nextNumber() {
        return numbers.nextClearBit(0);
    }

    void put(int number, InFlight write) {
        if (number >= writes.length) {
            writes = Arrays.copyOf(writes, Math.max(number + 1, writes.length * 2));
        }
        writes[number] = write;
        numbers.set(number);
    }

    /** The write of a number, or null. */
    InFlight get(int number) {
        return number < 0 || number >= writes.length ? null : writes[number];
    }

    InFlight remove(int number) {
        InFlight removed = writes[number];
        writes[number] = null;
        numbers.clear(number);
        return removed;
    }

    /** All of them, by ascending number. */
    List<InFlight> all() {
        List<InFlight> all = new ArrayList<>();
        numbers.stream().forEach(number -> all.add(writes[number]));
        return all;
    }
}
