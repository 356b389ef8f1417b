package dev.lockstep.cli;

import dev.lockstep.trace.StateGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * All the shortest ways from the initial states of a graph on which nothing crashes. A model may come to one state by ways that differ in
 * what a mistaken mirror makes of them; so one way to a state is not enough. Immutable.
 */
final class ShortWays {
    private static final int UNREACHED = Integer.MAX_VALUE;

    private final StateGraph graph;
    private final int[] depth;
    /** For each state the edges by which the shortest ways come to it. */
    private final List<List<Integer>> last = new ArrayList<>();

    /** Searches the whole graph, breadth first. */
    ShortWays(StateGraph graph) {
        this.graph = graph;
        depth = new int[graph.stateCount()];
        Arrays.fill(depth, UNREACHED);
        IntStream.range(0, depth.length).forEach(state -> last.add(new ArrayList<>(2)));
        int[] queue = new int[depth.length];
        int queued = 0;
        for (int state : graph.initialStates()) {
            depth[state] = 0;
            queue[queued++] = state;
        }
        for (int next = 0; next < queued; next++) {
            for (int edge = graph.firstEdge(queue[next]); edge < graph.firstEdge(queue[next] + 1); edge++) {
                int target = graph.target(edge);
                if (depth[target] == UNREACHED && !PreparedSuite.isCrash(graph.label(edge))) {
                    depth[target] = depth[queue[next]] + 1;
                    queue[queued++] = target;
                }
                if (depth[target] == depth[queue[next]] + 1 && !PreparedSuite.isCrash(graph.label(edge))) {
                    last.get(target).add(edge);
                }
            }
        }
    }

    /** How many steps a shortest way has that ends with an edge; {@link Integer#MAX_VALUE} if there is none. */
    int length(int edge) {
        int before = depth[graph.source(edge)];
        return before == UNREACHED ? UNREACHED : before + 1;
    }

    /** One of the shortest ways that end with an edge, by choice. */
    int[] any(int edge, Random choice) {
        int[] way = new int[length(edge)];
        way[way.length - 1] = edge;
        for (int i = way.length - 2; i >= 0; i--) {
            List<Integer> to = last.get(graph.source(way[i + 1]));
            way[i] = to.get(choice.nextInt(to.size()));
        }
        return way;
    }
}
