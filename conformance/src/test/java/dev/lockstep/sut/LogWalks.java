package dev.lockstep.sut;

import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Walks through the graph of a module that is of a log by itself, and their replay. */
public final class LogWalks {
    private static final int LONGEST = 300;

    private LogWalks() {
    }

    /**
     * {@return walks from initial states that take every edge of a graph, or as many as can be}
     *
     * @param graph the graph
     * @param most  how many steps, about
     */
    public static List<int[]> covering(StateGraph graph, int most) {
        int steps = 0;
        BitSet taken = new BitSet();
        List<int[]> walks = new ArrayList<>();
        while (steps < most && taken.cardinality() < graph.edgeCount()) {
            List<Integer> walk = new ArrayList<>();
            // One after the other, from each state that a new log may be in.
            int[] initial = graph.initialStates();
            int[] way = nearest(graph, new int[] {initial[walks.size() % initial.length]}, taken);
            way = way == null ? nearest(graph, initial, taken) : way;
            while (way != null && (walk.isEmpty() || walk.size() + way.length <= LONGEST)) {
                for (int edge : way) {
                    walk.add(edge);
                    taken.set(edge);
                }
                way = nearest(graph, new int[] {graph.target(walk.get(walk.size() - 1))}, taken);
            }
            if (walk.isEmpty()) {
                throw new IllegalStateException("not every edge can be reached");
            }
            steps += walk.size();
            walks.add(walk.stream().mapToInt(Integer::intValue).toArray());
        }
        return walks;
    }

    /** The shortest way to an edge that was not taken, that edge included; null if there is none. */
    private static int[] nearest(StateGraph graph, int[] from, BitSet taken) {
        Map<Integer, Integer> cameBy = new HashMap<>();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int state : from) {
            cameBy.put(state, -1);
            open.add(state);
        }
        while (!open.isEmpty()) {
            int state = open.remove();
            int last = graph.firstEdge(state + 1);
            int edge = taken.nextClearBit(graph.firstEdge(state));
            if (edge < last) {
                ArrayDeque<Integer> way = new ArrayDeque<>(List.of(edge));
                for (int by = cameBy.get(state); by >= 0; by = cameBy.get(graph.source(by))) {
                    way.addFirst(by);
                }
                return way.stream().mapToInt(Integer::intValue).toArray();
            }
            for (int each = graph.firstEdge(state); each < last; each++) {
                if (!cameBy.containsKey(graph.target(each))) {
                    cameBy.put(graph.target(each), each);
                    open.add(graph.target(each));
                }
            }
        }
        return null;
    }

    /** Performs walks until one diverges, or so many steps were taken. */
    static Optional<String> replay(WalkedLog log, StateGraph graph, List<int[]> walks, int most) throws IOException {
        int steps = 0;
        for (int i = 0; i < walks.size() && steps < most; i++) {
            Optional<String> wrong = walk(log, graph, walks.get(i));
            if (wrong.isPresent()) {
                return wrong;
            }
            steps += walks.get(i).length;
        }
        return Optional.empty();
    }

    private static Optional<String> walk(WalkedLog log, StateGraph graph, int[] walk) throws IOException {
        Map<String, Value> before = graph.state(graph.source(walk[0]));
        try {
            log.begin(before);
        } catch (IOException | RuntimeException e) {
            return Optional.of("a new log: " + e);
        }
        Optional<String> wrong = log.differs(before).map(found -> "a new log: " + found);
        for (int i = 0; i < walk.length && wrong.isEmpty(); i++) {
            Map<String, Value> after = graph.state(graph.target(walk[i]));
            int last = i;
            try {
                log.perform(graph.label(walk[i]), before, after);
            } catch (IOException | RuntimeException e) {
                return Optional.of(told(graph, walk, i) + ": " + e);
            }
            wrong = log.differs(after).map(found -> told(graph, walk, last) + ": " + found);
            before = after;
        }
        return wrong;
    }

    private static String told(StateGraph graph, int[] walk, int last) {
        return "step " + last + ", after … "
                + Arrays.stream(walk, Math.max(0, last - 5), last + 1).mapToObj(edge -> graph.label(edge).toString()).collect(Collectors.joining(" "));
    }
}
