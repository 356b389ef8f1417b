package dev.lockstep.tlc.inside;

import dev.lockstep.tlc.Course;
import dev.lockstep.tlc.Reach;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import tla2sany.semantic.OpDeclNode;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.queue.IStateQueue;
import util.UniqueString;

/**
 * TLC's queue of states, which here hands out the one that is furthest first, one thing after another; and nothing more of a thing whose
 * end was reached, unless every end is asked for. So TLC finds a way to the end without looking at all others; where there is none it looks at every state, as ever.
 *
 * <p>For one worker.
 */
final class FurthestFirst implements IStateQueue {
    /** How many states of a thing are kept of those in which it is furthest. */
    private static final int KEPT = 4;

    private final UniqueString thing;
    private final UniqueString position;
    private final Course course;
    private final BooleanSupplier cancelled;
    private final ValueConverter values = new ValueConverter();
    private final TreeMap<Long, Way> ways = new TreeMap<>();
    private long states;

    /** A state that TLC has yet to go on from. */
    private record Waiting(TLCState state, long distance, long against, long number) {
        private static final Comparator<Waiting> ORDER = Comparator.comparingLong(Waiting::distance).reversed()
                .thenComparingLong(Waiting::against).thenComparingLong(Waiting::number);
    }

    /** How far a thing is. */
    private static final class Way {
        private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Waiting.ORDER);
        private long distance = -1;
        private final List<TLCState> best = new ArrayList<>();
    }

    FurthestFirst(String thing, String position, Course course, BooleanSupplier cancelled) {
        this.thing = UniqueString.uniqueStringOf(thing);
        this.position = UniqueString.uniqueStringOf(position);
        this.course = course;
        this.cancelled = cancelled;
    }

    /** Returns how far each thing is. */
    Reach reach() {
        Map<Long, Reach.Furthest> furthest = new HashMap<>();
        ways.forEach((number, way) -> furthest.put(number,
                new Reach.Furthest(way.distance, way.best.stream().map(this::values).toList())));
        return new Reach(states, furthest);
    }

    private Map<String, Value> values(TLCState state) {
        Map<String, Value> all = new TreeMap<>();
        for (OpDeclNode variable : state.getVars()) {
            all.put(variable.getName().toString(), values.convert(state.lookup(variable.getName())));
        }
        return all;
    }

    @Override
    public void sEnqueue(TLCState state) {
        states++;
        long number = ((IntValue) values.convert(state.lookup(thing))).value();
        int[] at = ((TupleValue) values.convert(state.lookup(position))).elements().stream()
                .mapToInt(each -> (int) ((IntValue) each).value()).toArray();
        long distance = 0;
        for (int each : at) {
            distance += each;
        }
        Way way = ways.computeIfAbsent(number, first -> new Way());
        if (distance > way.distance) {
            way.distance = distance;
            way.best.clear();
        }
        if (distance == way.distance && (way.best.size() < KEPT || course.everyEnd())) {
            way.best.add(state);
        }
        if (way.distance == course.length(number) && !course.everyEnd()) {
            way.waiting.clear();
        } else {
            way.waiting.add(new Waiting(state, distance, course.against(number, at), states));
        }
    }

    @Override
    public TLCState sDequeue() {
        for (Way way : ways.values()) {
            if (!way.waiting.isEmpty() && !cancelled.getAsBoolean()) {
                return way.waiting.poll().state();
            }
        }
        return null;
    }

    @Override
    public TLCState sPeek() {
        return ways.values().stream().filter(way -> !way.waiting.isEmpty()).findFirst().map(way -> way.waiting.peek().state()).orElse(null);
    }

    @Override
    public long size() {
        return ways.values().stream().mapToLong(way -> way.waiting.size()).sum();
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public void enqueue(TLCState state) {
        sEnqueue(state);
    }

    @Override
    public TLCState dequeue() {
        return sDequeue();
    }

    @Override
    public void sEnqueue(TLCState[] all) {
        for (TLCState state : all) {
            sEnqueue(state);
        }
    }

    @Override
    public void sEnqueue(StateVec all) {
        for (int i = 0; i < all.size(); i++) {
            sEnqueue(all.elementAt(i));
        }
    }

    @Override
    public TLCState[] sDequeue(int most) {
        TLCState next = sDequeue();
        return next == null ? null : new TLCState[] {next};
    }

    @Override
    public void finishAll() {
        // The one worker does not wait, and takes no more.
    }

    @Override
    public boolean suspendAll() {
        return false;
    }

    @Override
    public void resumeAll() {
        // The one worker is never suspended.
    }

    @Override
    public void resumeAllStuck() {
        // As above.
    }

    @Override
    public void beginChkpt() {
        // There are no checkpoints.
    }

    @Override
    public void commitChkpt() {
        // As above.
    }

    @Override
    public void recover() {
        throw new UnsupportedOperationException("there are no checkpoints");
    }

    @Override
    public void delete() {
        // There is no file.
    }
}
