package dev.lockstep.suite;

import dev.lockstep.trace.StateGraph;
import java.util.Arrays;

/**
 * Shortest ways from the initial states of a graph, on which a crash is a move like any other: the shortest prefix by
 * which to show what went wrong at an edge. Among ways of one length the first by edge numbers. Immutable and
 * thread-safe.
 */
public final class ShortestPath {
    private static final int UNREACHED = -2;
    private static final int INITIAL = -1;

    private final StateGraph graph;
    private final int[] parentEdge;

    /** Searches the whole graph, breadth first. */
    public ShortestPath(StateGraph graph) {
        this.graph = graph;
        parentEdge = new int[graph.stateCount()];
        Arrays.fill(parentEdge, UNREACHED);
        int[] queue = new int[parentEdge.length];
        int queued = 0;
        for (int state : graph.initialStates()) {
            parentEdge[state] = INITIAL;
            queue[queued++] = state;
        }
        for (int next = 0; next < queued; next++) {
            for (int edge = graph.firstEdge(queue[next]); edge < graph.firstEdge(queue[next] + 1); edge++) {
                if (parentEdge[graph.target(edge)] == UNREACHED) {
                    parentEdge[graph.target(edge)] = edge;
                    queue[queued++] = graph.target(edge);
                }
            }
        }
    }

    /**
     * Returns the edges of a shortest way that ends with this edge. It starts at the source of its first one, an
     * initial state.
     *
     * @throws IllegalArgumentException if no initial state leads there
     */
    public int[] to(int edge) {
        int length = 1;
        for (int at = before(edge); at >= 0; at = before(at)) {
            length++;
        }
        int[] way = new int[length];
        int at = edge;
        for (int i = length - 1; i >= 0; i--) {
            way[i] = at;
            at = before(at);
        }
        return way;
    }

    /** Returns the last edge of a shortest way to each state; below 0 where there is none, as at an initial state. */
    int[] lastEdges() {
        return parentEdge.clone();
    }

    private int before(int edge) {
        int before = parentEdge[graph.source(edge)];
        if (before == UNREACHED) {
            throw new IllegalArgumentException("edge " + edge + " cannot be reached from an initial state");
        }
        return before;
    }
}
