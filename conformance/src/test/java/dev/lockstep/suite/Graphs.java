package dev.lockstep.suite;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Graphs to make suites of. */
final class Graphs {
    static final Label KILL = Label.of("Kill");
    static final Label CUT = Label.of("PowerCut");
    static final Label OPEN = Label.of("Restart");
    static final Label A = Label.of("A");
    static final Label B = Label.of("B");
    /** How many values a code of {@link #fromCodes} has. */
    static final int CODES = 5 * 12 * 12;

    private static final List<Label> LABELS = List.of(KILL, CUT, OPEN, A, B);
    private static final int DOWN = 4;
    private static final int STATES = 12;

    private Graphs() {
    }

    static boolean isCrash(Label label) {
        return label.equals(KILL) || label.equals(CUT);
    }

    /** An edge of a graph to be built. */
    record Edge(int source, Label label, int target) {
    }

    /** Builds a graph of so many states; the first {@code down} are down, and the first {@code initial} initial. */
    static StateGraph graph(int states, int down, int initial, Iterable<Edge> edges) {
        StateGraph.Builder builder = new StateGraph.Builder(List.of("id", "mode"));
        for (int state = 0; state < states; state++) {
            builder.state(Value.of(state), Value.of(state < down ? "down" : "up"));
        }
        for (int state = 0; state < initial; state++) {
            builder.initial(state);
        }
        edges.forEach(edge -> builder.edge(edge.source(), edge.label(), edge.target()));
        return builder.build();
    }

    static StateGraph graph(int states, int down, Edge... edges) {
        return graph(states, down, 1, List.of(edges));
    }

    /** Builds what is reachable of a small graph, each code standing for an edge; any list of codes will do. */
    static StateGraph fromCodes(List<Integer> codes) {
        List<Edge> edges = new ArrayList<>();
        for (int code : codes) {
            Label label = LABELS.get(code % 5);
            int target = code / 5 % STATES;
            edges.add(new Edge(code / 5 / STATES, label, isCrash(label) ? target % DOWN : target));
        }
        return reachable(edges);
    }

    /** Makes a graph of about the shape of a model's: layers, many forks to few down states, self-loops. */
    static StateGraph layered(int states, int edges, long seed) {
        Random random = new Random(seed);
        int down = Math.max(2, states / 1000);
        List<Edge> list = new ArrayList<>(edges);
        for (int state = 0; state < states; state++) {
            boolean isDown = state < down;
            list.add(new Edge(state, CUT, random.nextInt(down)));
            list.add(new Edge(random.nextInt(state == 0 ? 1 : state), state % 2 == 0 ? A : B, state));
            if (isDown) {
                list.add(new Edge(state, OPEN, down + state));
                list.add(new Edge(down + state, KILL, (state + 1) % down));
            }
        }
        while (list.size() < edges) {
            int source = down + random.nextInt(states - down);
            int kind = random.nextInt(10);
            if (kind < 3) {
                list.add(new Edge(source, kind == 0 ? KILL : CUT, random.nextInt(down)));
            } else if (kind < 5) {
                list.add(new Edge(source, Label.of("Read", Value.of(random.nextInt(9))), source));
            } else {
                int reach = source < states / 2 || kind == 5 ? states - down : states / 20;
                Label step = Label.of("Step", Value.of(random.nextInt(20)));
                list.add(new Edge(source, step, down + random.nextInt(reach)));
            }
        }
        return graph(states, down, 2, list);
    }

    private static StateGraph reachable(List<Edge> edges) {
        Map<Integer, List<Edge>> out = new HashMap<>();
        edges.forEach(edge -> out.computeIfAbsent(edge.source(), source -> new ArrayList<>()).add(edge));
        boolean[] reached = new boolean[STATES];
        Deque<Integer> queue = new ArrayDeque<>(List.of(0));
        reached[0] = true;
        while (!queue.isEmpty()) {
            for (Edge edge : out.getOrDefault(queue.remove(), List.of())) {
                if (!reached[edge.target()]) {
                    reached[edge.target()] = true;
                    queue.add(edge.target());
                }
            }
        }
        int[] number = new int[STATES];
        int states = 0;
        int down = 0;
        for (int state = 0; state < STATES; state++) {
            if (reached[state]) {
                number[state] = states++;
                down += state < DOWN ? 1 : 0;
            }
        }
        List<Edge> kept = edges.stream().filter(edge -> reached[edge.source()])
                .map(edge -> new Edge(number[edge.source()], edge.label(), number[edge.target()])).toList();
        return graph(states, down, 1, kept);
    }
}
