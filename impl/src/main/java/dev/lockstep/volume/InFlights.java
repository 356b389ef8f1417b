package dev.lockstep.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The writes in flight by their numbers. Guarded by the shell's lock.
 *
 * <p>Each is in a place of its own, a cache line apart from the next, and a thread that writes again is given the number that it had: what
 * two processors change in turn goes to and fro between them, which takes as long as a whole write does.
 */
final class InFlights {
    /** How many references are as long as a cache line, at least. */
    private static final int APART = 16;
    private static final int SMALLEST = 16;

    private InFlight[] writes = new InFlight[SMALLEST * APART];

    boolean isEmpty() {
        return all().isEmpty();
    }

    /** Takes a write, and gives it the lowest number that is free. */
    int add(InFlight write) {
        int place = 0;
        while (place < writes.length && writes[place] != null) {
            place += APART;
        }
        return put(write, place);
    }

    /** Takes a write of this thread, and gives it the number that belongs to the thread, if it is free. */
    int addHere(InFlight write) {
        int place = (int) (Thread.currentThread().getId() % SMALLEST) * APART;
        return writes[place] == null ? put(write, place) : add(write);
    }

    private int put(InFlight write, int place) {
        if (place == writes.length) {
            writes = Arrays.copyOf(writes, writes.length * 2);
        }
        writes[place] = write;
        return place / APART;
    }

    /** The write of a number, or null. */
    InFlight get(int number) {
        return number < 0 || number >= writes.length / APART ? null : writes[number * APART];
    }

    InFlight remove(int number) {
        InFlight removed = writes[number * APART];
        writes[number * APART] = null;
        return removed;
    }

    /** All of them, by ascending number. */
    List<InFlight> all() {
        List<InFlight> all = new ArrayList<>();
        for (int place = 0; place < writes.length; place += APART) {
            if (writes[place] != null) {
                all.add(writes[place]);
            }
        }
        return all;
    }
}
