package dev.lockstep.suite;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import java.util.function.Consumer;
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
        return suite(new MoveGraph(graph, crash), wave -> { });
    }

    /**
     * Returns the same walks, and how many steps any suite would take: found on the way.
     *
     * @param graph as in {@link #generate}
     * @param crash as in {@link #generate}
     * @throws IllegalArgumentException as {@link #generate} does
     */
    public static Measured measured(StateGraph graph, Predicate<Label> crash) {
        MoveGraph moves = new MoveGraph(graph, crash);
        LowerBound bound = new LowerBound(moves);
        Suite suite = suite(moves, bound);
        return new Measured(suite, new SuiteStats(suite.steps(), graph.edgeCount(), suite.walks().size(),
                graph.edgeCount() + bound.repeatedMoves()));
    }

    /**
     * A suite and what it costs.
     *
     * @param suite the suite
     * @param stats its steps, beside those of any suite
     */
    public record Measured(Suite suite, SuiteStats stats) {
    }

    private static Suite suite(MoveGraph moves, Consumer<Wave> listener) {
        int[] tour = Tour.of(moves, Balancer.balance(moves, listener));
        return new Suite(Schedule.order(moves, new Segments(moves, tour)));
    }
}
