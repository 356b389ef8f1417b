package dev.lockstep.region;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The writes that the driver has taken, and those that it counts in each region. Not thread-safe. */
final class WriteTable {
    private final Map<Integer, Write> writes = new TreeMap<>();
    /** {@code Pending} in Mirror.tla: of each region that has any, the writes counted in, in the order in which they came. */
    private final Map<Integer, List<Write>> pending = new TreeMap<>();
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
        pending.computeIfAbsent(write.region, first -> new ArrayList<>()).add(write);
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
        List<Write> left = pending.get(write.region);
        left.remove(write);
        if (left.isEmpty()) {
            pending.remove(write.region);
        }
    }

    /**
     * Spec definition {@code Overlapping}: whether a write that is counted in has to wait for one that it overlaps. Where the
     * specification lets either of two go first, the one that came first does, so that none waits for ever.
     */
    boolean held(Write write) {
        for (Write earlier : pending.get(write.region)) {
            if (earlier == write) {
                return false;
            }
            if (earlier.extent.overlaps(write.extent)) {
                return true;
            }
        }
        throw new IllegalStateException("write " + write.id + " is not counted in");
    }

    /** The writes that a write has held, in the order in which they came; another may hold them still. */
    Stream<Write> behind(Write ended) {
        return pending.get(ended.region).stream().filter(write -> write.extent.overlaps(ended.extent));
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
