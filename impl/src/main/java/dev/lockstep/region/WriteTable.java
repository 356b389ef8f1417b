package dev.lockstep.region;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The writes that the driver has taken, and how many it counts in each region. Not thread-safe. */
final class WriteTable {
    private final Map<Integer, Write> writes = new TreeMap<>();
    private final Map<Integer, Integer> pending = new TreeMap<>();
    private final List<Write> parked = new ArrayList<>();
    private final List<Write> waiting = new ArrayList<>();

    void add(Write write) {
        if (writes.putIfAbsent(write.id, write) != null) {
            throw new IllegalStateException("write " + write.id + " is in flight already");
        }
    }

    Write get(int id) {
        return writes.get(id);
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    boolean pending(int region) {
        return pending.containsKey(region);
    }

    void park(Write write) {
        write.phase = WritePhase.PARKED;
        parked.add(write);
    }

    /** Counts a write in; it waits for the log. */
    void countIn(Write write) {
        write.phase = WritePhase.SUBMITTED;
        pending.merge(write.region, 1, Integer::sum);
        waiting.add(write);
    }

    /** The writes that wait for the log, in the order in which they came. */
    List<Write> waiting() {
        return waiting;
    }

    void issue(Write write, int legs) {
        write.phase = WritePhase.ISSUED;
        write.legsTodo = legs;
        waiting.remove(write);
    }

    void end(Write write) {
        writes.remove(write.id);
        pending.computeIfPresent(write.region, (region, count) -> count == 1 ? null : count - 1);
    }

    /** Takes out the writes that are parked for a region. */
    List<Write> unpark(int region) {
        List<Write> freed = new ArrayList<>();
        for (Iterator<Write> all = parked.iterator(); all.hasNext(); ) {
            Write write = all.next();
            if (write.region == region) {
                freed.add(write);
                all.remove();
            }
        }
        return freed;
    }
}
