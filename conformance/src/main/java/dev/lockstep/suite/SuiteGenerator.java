package dev.lockstep.suite;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import java.util.function.Predicate;

/** Makes a suite that covers a state graph. */
public final class SuiteGenerator {
    private SuiteGenerator() {
    }

    /**
     * Returns walks that take every edge at least once, and forks and self-loops exactly once. Deterministic. Takes a
     * few seconds for a million edges, and about 20 bytes of memory an edge beside graph and suite.
     *
     * @param graph a graph whose variable {@code mode} is {@code "down"} where only files exist, as it must be in every
     *         initial state and after every crash
     * @param crash says which labels are crashes: edges that a suite takes as forks
     * @throws IllegalArgumentException if the graph is not of that kind, or not all of it can be reached from its
     *         initial states
     */
    public static Suite generate(StateGraph graph, Predicate<Label> crash) {
        MoveGraph moves = new MoveGraph(graph, crash);
        int[] tour = Tour.of(moves, Balancer.balance(moves, wave -> { }));
        return new Suite(Schedule.order(moves, new Segments(moves, tour)));
    }
}
