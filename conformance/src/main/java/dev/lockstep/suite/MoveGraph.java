package dev.lockstep.suite;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.StringValue;
import dev.lockstep.trace.Value;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * A state graph seen by a walk: which states are down, and what an edge does to a walk that takes it. Immutable.
 */
final class MoveGraph {
    private static final String MODE = "mode";
    private static final Value DOWN = new StringValue("down");

    private final StateGraph graph;
    private final BitSet down;
    private final boolean[] crashLabel;
    private final int[] initial;

    /**
     * Looks at a graph.
     *
     * @throws IllegalArgumentException if a walk could not start at an initial state, or would be lost after a crash
     */
    MoveGraph(StateGraph graph, Predicate<Label> crash) {
        this.graph = graph;
        this.initial = graph.initialStates();
        this.down = down(graph);
        List<Label> labels = graph.labels();
        crashLabel = new boolean[labels.size()];
        for (int label = 0; label < crashLabel.length; label++) {
            crashLabel[label] = crash.test(labels.get(label));
        }
        check();
    }

    /** Returns the states of a graph in which only files exist. */
    static BitSet down(StateGraph graph) {
        int mode = graph.variable(MODE);
        int downId = graph.values(mode).indexOf(DOWN);
        BitSet down = new BitSet();
        for (int state = 0; state < graph.stateCount(); state++) {
            down.set(state, graph.valueId(state, mode) == downId);
        }
        return down;
    }

    int stateCount() {
        return graph.stateCount();
    }

    int edgeCount() {
        return graph.edgeCount();
    }

    int firstEdge(int state) {
        return graph.firstEdge(state);
    }

    int source(int edge) {
        return graph.source(edge);
    }

    int target(int edge) {
        return graph.target(edge);
    }

    int[] initialStates() {
        return initial;
    }

    boolean isDown(int state) {
        return down.get(state);
    }

    /** Returns the first down state from a state on, -1 if there is none. */
    int nextDown(int state) {
        return down.nextSetBit(state);
    }

    /** An edge whose label is a crash: taken in passing, the walk stays where it is. */
    boolean isFork(int edge) {
        return crashLabel[graph.labelId(edge)];
    }

    /** An edge from an up state to itself: taken in passing too. */
    boolean isLoop(int source, int edge) {
        return graph.target(edge) == source && !isFork(edge) && !down.get(source);
    }

    /** An edge between down states that is not a fork: a walk of its own, which ends as soon as it has started. */
    boolean isHop(int source, int edge) {
        return down.get(source) && down.get(graph.target(edge)) && !isFork(edge);
    }

    /** Any other edge: what a tour is made of. */
    boolean isMove(int source, int edge) {
        int target = graph.target(edge);
        return target != source && !isFork(edge) && !(down.get(source) && down.get(target));
    }

    private void check() {
        if (initial.length == 0) {
            throw new IllegalArgumentException("the graph has no initial state");
        }
        Arrays.stream(initial).filter(state -> !down.get(state)).findFirst().ifPresent(state -> {
            throw new IllegalArgumentException("initial state " + state + " is not down: mode is "
                    + graph.value(state, graph.variable(MODE)) + ", but \"down\" was expected");
        });
        for (int edge = 0; edge < edgeCount(); edge++) {
            if (isFork(edge) && !down.get(target(edge))) {
                throw new IllegalArgumentException("crash edge " + edge + " " + graph.label(edge)
                        + " leads to state " + target(edge) + ", which is not down");
            }
        }
    }
}
