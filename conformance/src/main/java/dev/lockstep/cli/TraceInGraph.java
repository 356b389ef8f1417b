package dev.lockstep.cli;

import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Step;
import dev.lockstep.trace.Trace;
import dev.lockstep.trace.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Finds the edges of a state graph that a trace is made of. */
final class TraceInGraph {
    private static final String MODE = "mode";
    private static final Value DOWN = Value.of("down");

    private final StateGraph graph;

    TraceInGraph(StateGraph graph) {
        this.graph = graph;
    }

    /**
     * Returns the edges, in order.
     *
     * @param file where the trace was read, to be named
     * @throws UserMistake if it is no behaviour of the model
     */
    int[] edges(Trace trace, Path file) {
        int at = find(graph.initialStates(), trace.start(), graph);
        if (at < 0) {
            at = findDown(trace.start());
        }
        if (at < 0) {
            throw new UserMistake(file + " is a trace of another model: its first state is none in which this one's files can be");
        }
        List<Step> steps = trace.steps();
        int[] edges = new int[steps.size()];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = edge(at, steps.get(i));
            if (edges[i] < 0) {
                throw new UserMistake(file + " is a trace of another model: its step " + (i + 1) + ", " + steps.get(i).label()
                        + ", is not possible in this one");
            }
            at = graph.target(edges[i]);
        }
        return edges;
    }

    private static int find(int[] states, Map<String, Value> values, StateGraph graph) {
        for (int state : states) {
            if (graph.state(state).equals(values)) {
                return state;
            }
        }
        return -1;
    }

    /** Only files are carried from one run of a mirror to another, so a trace begins where there are only files. */
    private int findDown(Map<String, Value> values) {
        for (int state = 0; DOWN.equals(values.get(MODE)) && state < graph.stateCount(); state++) {
            if (graph.value(state, graph.variable(MODE)).equals(DOWN) && graph.state(state).equals(values)) {
                return state;
            }
        }
        return -1;
    }

    private int edge(int from, Step step) {
        for (int edge = graph.firstEdge(from); edge < graph.firstEdge(from + 1); edge++) {
            if (graph.label(edge).equals(step.label()) && graph.state(graph.target(edge)).equals(step.post())) {
                return edge;
            }
        }
        return -1;
    }
}
