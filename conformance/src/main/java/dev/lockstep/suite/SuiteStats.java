package dev.lockstep.suite;

/**
 * What a suite costs, beside what any suite would.
 *
 * @param steps edges of all walks
 * @param edges edges of the graph
 * @param walks walks
 * @param lowerBound no suite of the graph has fewer steps: each edge once, and a proven share of repetitions
 */
public record SuiteStats(long steps, long edges, long walks, long lowerBound) {
    /** Returns the steps for each edge of the graph, 0 without edges. */
    public double stepsPerEdge() {
        return edges == 0 ? 0 : (double) steps / edges;
    }

    /** Returns the steps for each edge that every suite has at least, 0 without edges. */
    public double leastStepsPerEdge() {
        return edges == 0 ? 0 : (double) lowerBound / edges;
    }
}
