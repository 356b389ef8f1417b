package dev.lockstep.cli;

import dev.lockstep.replay.Aftermath;
import dev.lockstep.replay.Difference;
import dev.lockstep.suite.ShortestPath;
import dev.lockstep.sut.AdapterException;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a mistake of a driven mirror leads to at its worst: the shortest trace that ends with a step like the one that it does otherwise, and after
 * which it can be had to leave legs that differ under a log that says clean.
 *
 * @param edges      the trace, from an initial state on
 * @param difference in what the legs differ in the end, and how it comes to that
 */
record WorstCase(int[] edges, Difference difference) {
    /** Longer ways are not looked at: they tell less. */
    private static final int MOST = 4000;

    /**
     * Looks for it among the steps of one action, shortest ways first.
     *
     * @return it; none if no such trace is found
     * @throws IOException if the mirror's files cannot be used
     */
    static Optional<WorstCase> of(StateGraph graph, String action, Aftermath aftermath) throws IOException {
        ShortestPath shortest = new ShortestPath(graph);
        int[][] ways = IntStream.range(0, graph.edgeCount()).filter(edge -> graph.label(edge).action().equals(action))
                .mapToObj(shortest::to).sorted(Comparator.comparingInt((int[] way) -> way.length).thenComparing(Arrays::compare))
                .limit(MOST).toArray(int[][]::new);
        try {
            for (int[] way : ways) {
                Optional<Difference> found = aftermath.of(way);
                if (found.isPresent()) {
                    return Optional.of(new WorstCase(way, found.get()));
                }
            }
        } catch (AdapterException e) {
            // It does not even answer on the way: then the divergence itself is what there is to show.
            return Optional.empty();
        }
        return Optional.empty();
    }
}
