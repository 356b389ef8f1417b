package dev.lockstep.cli;

import dev.lockstep.replay.Aftermath;
import dev.lockstep.replay.Difference;
import dev.lockstep.sut.AdapterException;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a mistake of a driven mirror leads to at its worst: a shortest trace that ends with a step like the one that it does otherwise, and after
 * which it can be had to leave legs that differ under a log that says clean.
 *
 * @param edges      the trace, from an initial state on
 * @param difference in what the legs differ in the end, and how it comes to that
 */
record WorstCase(int[] edges, Difference difference) {
    /** Steps with longer ways to them are not looked at: they tell less. */
    private static final int MOST_EDGES = 500;
    /** How often a way to one of them is drawn. */
    private static final int MOST_WAYS = 6;

    /**
     * Looks for it among the steps of one action, shortest ways first. The ways are drawn by lot, the same ones each time.
     *
     * @return it; none if no such trace is found
     * @throws IOException if the mirror's files cannot be used
     */
    static Optional<WorstCase> of(StateGraph graph, String action, Aftermath aftermath) throws IOException {
        ShortWays ways = new ShortWays(graph);
        int[] candidates = IntStream.range(0, graph.edgeCount())
                .filter(edge -> graph.label(edge).action().equals(action) && ways.length(edge) < Integer.MAX_VALUE).boxed()
                .sorted(Comparator.comparingInt(ways::length)).limit(MOST_EDGES).mapToInt(edge -> edge).toArray();
        try {
            for (int edge : candidates) {
                Random lot = new Random(edge);
                Set<List<Integer>> tried = new HashSet<>();
                for (int i = 0; i < MOST_WAYS; i++) {
                    int[] way = ways.any(edge, lot);
                    Optional<Difference> found = tried.add(IntStream.of(way).boxed().collect(Collectors.toList())) ? aftermath.of(way)
                            : Optional.empty();
                    if (found.isPresent()) {
                        return Optional.of(new WorstCase(way, found.get()));
                    }
                }
            }
        } catch (AdapterException e) {
            // It does not even answer on the way: then the divergence itself is what there is to show.
            return Optional.empty();
        }
        return Optional.empty();
    }
}
