package dev.lockstep.cli;

import dev.lockstep.mutants.Mutant;
import dev.lockstep.region.Policy;
import dev.lockstep.suite.ShortestPath;
import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.suite.Walk;
import dev.lockstep.sut.Size;
import dev.lockstep.tlc.GraphSession;
import dev.lockstep.tlc.Model;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.PartialGraph;
import dev.lockstep.trace.StateGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where mutants are sought by the replay. Of the smallest size that is a whole state graph; of a larger one its beginning, as far as
 * every step is known of its states.
 *
 * @param graph    the graph
 * @param expanded how many states, from state 0 on, have every step that the model allows
 * @param walks    walks that cover it
 * @param shortest how to come to a step of it soonest
 */
record MutantGround(StateGraph graph, int expanded, List<Walk> walks, ShortestPath shortest) {
    /** Steps of the beginning of a graph that is too large to be explored for this. */
    private static final long BEGINNING = 15_000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Explores where a mutant is sought. */
    static MutantGround of(SpecFolder spec, Mutant mutant) {
        Size size = Size.parse(mutant.size());
        Model model = ReplayModel.of(spec, Policy.named(mutant.policy()).orElseThrow(), size, mutant.environment());
        if (size.equals(Size.SMALLEST)) {
            StateGraph graph = PolicyReplay.explore(model);
            return of(graph, graph.stateCount());
        }
        try (GraphSession session = new GraphSession()) {
            PartialGraph begun = session.explore(model, LONGEST, BEGINNING).found();
            return of(begun.graph(), begun.expanded());
        }
    }

    /** Of a graph of which so many states have every step. */
    static MutantGround of(StateGraph graph, int expanded) {
        ShortestPath shortest = new ShortestPath(graph);
        List<Walk> walks = expanded == graph.stateCount() ? SuiteGenerator.generate(graph, MutantGround::isCrash).walks()
                : beginnings(graph, expanded, shortest);
        return new MutantGround(graph, expanded, walks, shortest);
    }

    static boolean isCrash(Label label) {
        return label.action().equals("Kill") || label.action().equals("PowerCut");
    }

    /** A way to each step between states of which every step is known: of others it cannot be said what is possible next. */
    private static List<Walk> beginnings(StateGraph graph, int expanded, ShortestPath shortest) {
        return IntStream.range(0, graph.edgeCount()).filter(edge -> isKnown(graph, edge, expanded))
                .mapToObj(edge -> walks(graph, shortest.to(edge))).flatMap(List::stream).toList();
    }

    /** Whether every step is known of a step's states; of that at which the exploration was cut some are missing. */
    static boolean isKnown(StateGraph graph, int edge, int expanded) {
        return graph.source(edge) < expanded && graph.target(edge) < expanded;
    }

    /** A way on which a crash is a move: a walk up to each crash, and the next one from what it left. */
    static List<Walk> walks(StateGraph graph, int[] way) {
        List<Walk> walks = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < way.length; i++) {
            if (i == way.length - 1 || isCrash(graph.label(way[i]))) {
                walks.add(new Walk(graph.source(way[from]), Arrays.copyOfRange(way, from, i + 1)));
                from = i + 1;
            }
        }
        return walks;
    }
}
