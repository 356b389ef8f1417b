package dev.lockstep.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** The writes that the driver has taken, and those that it counts in each region. Not thread-safe. */
final class WriteTable {
    /** How many references are as long as a cache line, at least: what two processors change in turn would go to and fro between them. */
    static final int APART = 16;
    static final int SMALLEST = 16;

    /** By number, {@link #APART} from each other. */
    private Write[] writes = new Write[SMALLEST * APART];
    private WriteSteps[] steps = new WriteSteps[SMALLEST];
    /**
     * {@code Pending} in Mirror.tla: of each region that has any, the write that was counted in last. The others are
     * {@linkplain Write#before before} it, in the order in which they came.
     */
    private final LastWrites pending = new LastWrites();
    private final List<Write> parked = new ArrayList<>();
    private final List<Write> waiting = new ArrayList<>();

    void add(Write write) {
        while (write.id >= steps.length) {
            steps = Arrays.copyOf(steps, steps.length * 2);
            writes = Arrays.copyOf(writes, writes.length * 2);
            pending.enlarge(writes.length);
        }
        if (writes[write.id * APART] != null) {
            throw new IllegalStateException("write " + write.id + " is in flight already");
        }
        if (steps[write.id] == null) {
            steps[write.id] = new WriteSteps(write.id);
        }
        write.steps = steps[write.id];
        writes[write.id * APART] = write;
    }

    Write get(int id) {
        return id < 0 || id >= steps.length ? null : writes[id * APART];
    }

    boolean isEmpty() {
        return all().isEmpty();
    }

    boolean pending(int region) {
        return pending.get(region) != null;
    }

    void park(Write write) {
        write.phase = WritePhase.PARKED;
        parked.add(write);
    }

    /**
     * Counts a write in.
     *
     * @param waits whether it has to wait for the log; it is then among {@link #waiting}
     */
    void countIn(Write write, boolean waits) {
        write.phase = WritePhase.SUBMITTED;
        Write last = pending.put(write);
        if (last != null) {
            last.after = write;
            write.before = last;
            holdBack(write);
        }
        if (waits) {
            waiting.add(write);
        }
    }

    /**
     * Finds the writes that a new one has to wait for: it is enough to know the last that covers each of its blocks, since
     * that one waits for those before it. So ever so many writes of one block wait for one each.
     */
    private static void holdBack(Write write) {
        long first = write.first;
        long end = write.end;
        for (Write earlier = write.before; earlier != null && first < end; earlier = earlier.before) {
            if (earlier.first < end && first < earlier.end) {
                earlier.hold(write);
                if (earlier.first <= first) {
                    first = earlier.end;
                } else if (earlier.end >= end) {
                    end = earlier.first;
                }
            }
        }
    }

    /** The writes that wait for the log, in the order in which they came. Whoever lets one go on takes it out. */
    List<Write> waiting() {
        return waiting;
    }

    void issue(Write write, int legs) {
        write.phase = WritePhase.ISSUED;
        write.legsTodo = legs;
    }

    /** Nothing waits for a leg that is put out of use. */
    void putOut(int leg) {
        all().forEach(write -> write.legsTodo &= ~(1 << leg));
    }

    /** The writes in flight, in the order of their numbers. */
    List<Write> all() {
        return Arrays.stream(writes).filter(Objects::nonNull).toList();
    }

    void end(Write write) {
        writes[write.id * APART] = null;
        if (write.after != null) {
            write.after.before = write.before;
        } else if (write.before != null) {
            pending.put(write.before);
        } else {
            pending.remove(write.region);
        }
        if (write.before != null) {
            write.before.after = write.after;
        }
        write.letGo();
    }

    /**
     * Spec definition {@code Overlapping}: whether a write that is counted in has to wait for one that it overlaps. Where the
     * specification lets either of two go first, the one that came first does, so that none waits for ever.
     */
    boolean held(Write write) {
        return write.holders > 0;
    }

    /** The writes that one that has ended was holding, in the order in which they came; another may hold them still. */
    List<Write> behind(Write ended) {
        return ended.held;
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
