package dev.lockstep.trace;

import java.util.Objects;

/**
 * The beginning of a model's state graph, as a breadth-first search finds it: of the first states every step is there, of the
 * others some or none.
 *
 * @param graph    the states and steps that were found
 * @param expanded how many states, from state 0 on, have every step that the model allows
 * @param end      why there are no more
 */
public record PartialGraph(StateGraph graph, int expanded, End end) {

    /** Why a search ends. */
    public enum End {
        /** There is nothing more. */
        WHOLE,
        /** There was enough. */
        CUT,
        /** An error ended it. */
        BROKEN
    }

    /** Refuses null. */
    public PartialGraph {
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(end, "end");
    }

    /** {@return whether it is the whole graph} */
    public boolean whole() {
        return end == End.WHOLE;
    }
}
