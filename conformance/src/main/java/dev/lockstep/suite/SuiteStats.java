package dev.lockstep.suite;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import java.util.function.Predicate;

/**
 * What a suite costs, beside what any suite would.
 *
 * @param steps edges of all walks
 * @param edges edges of the graph
 * @param walks walks
 * @param lowerBound no suite of the graph has fewer steps: each edge once, and a proven share of repetitions
 */
public record SuiteStats(long steps, long edges, long walks, long lowerBound) {
    /**
     * Counts a suite. Takes about as long as balancing the graph did.
     *
     * @throws IllegalArgumentException as {@link SuiteGenerator#generate} does
     */
    public static SuiteStats of(StateGraph graph, Predicate<Label> crash, Suite suite) {
        MoveGraph moves = new MoveGraph(graph, crash);
        LowerBound bound = new LowerBound(moves);
        Balancer.balance(moves, bound);
        long leastSteps = graph.edgeCount() + bound.repeatedMoves();
        return new SuiteStats(suite.steps(), graph.edgeCount(), suite.walks().size(), leastSteps);
    }

    /** Returns the steps for each edge of the graph, 0 without edges; 1 would be perfect. */
    public double stepsPerEdge() {
        return edges == 0 ? 0 : (double) steps / edges;
    }
}
