package dev.lockstep.cli;

import dev.lockstep.coverage.Coverage;
import dev.lockstep.coverage.CoverageChecker;
import dev.lockstep.coverage.FirstTaken;
import dev.lockstep.coverage.PlainWalk;
import dev.lockstep.suite.Shards;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.suite.SuiteStats;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A suite that has been found sound, in the parts in which it is performed.
 *
 * @param graph   the graph that the whole suite covers
 * @param stats   what the whole suite costs
 * @param parts   what is performed: of the whole suite, or of a shard of it; each part by itself
 * @param seconds how long it took to be made, or read, and checked
 */
record PreparedSuite(StateGraph graph, SuiteStats stats, List<Part> parts, double seconds) {
    /**
     * Walks that can be performed by themselves.
     *
     * @param suite    the walks
     * @param coverage what they cover of the edges that are a matter of this part
     */
    record Part(Suite suite, Coverage coverage) {
    }

    /** Keeps a copy of the list. */
    PreparedSuite {
        parts = List.copyOf(parts);
    }

    /**
     * Checks a suite, and each part of it.
     *
     * @param shard   the shard of it that is wanted
     * @param threads how many parts that shard is performed in
     * @throws IOException if it is not sound: it does not cover the graph, or a part does not cover what it has to
     */
    static PreparedSuite of(StateGraph graph, SuiteGenerator.Measured measured, Shard shard, int threads, Stopwatch time) throws IOException {
        Suite suite = measured.suite();
        Coverage whole = sound(CoverageChecker.check(graph, PreparedSuite::isCrash, plain(suite)));
        int count = shard.count() * threads;
        List<Part> parts = new ArrayList<>();
        if (count == 1) {
            parts.add(new Part(suite, whole));
        } else {
            Shards shards = new Shards(graph, suite, count);
            FirstTaken first = FirstTaken.of(graph, plain(suite), shards::partOf, count);
            for (int part = (shard.index() - 1) * threads; part < shard.index() * threads; part++) {
                Suite walks = shards.part(part);
                parts.add(new Part(walks, sound(CoverageChecker.check(graph, PreparedSuite::isCrash, plain(walks), first.edges(part)))));
            }
        }
        return new PreparedSuite(graph, measured.stats(), parts, time.seconds());
    }

    private static Coverage sound(Coverage coverage) throws IOException {
        if (!coverage.isComplete()) {
            throw new IOException("the suite is not sound: " + coverage.errors().get(0));
        }
        return coverage;
    }

    private static Iterable<PlainWalk> plain(Suite suite) {
        return suite.walks().stream().map(walk -> new PlainWalk(walk.start(), walk.edges()))::iterator;
    }

    /** Whether an action ends the mirror and leaves only files: a fork in a walk. */
    static boolean isCrash(Label label) {
        return label.action().equals("Kill") || label.action().equals("PowerCut");
    }

    /** {@return how many edges are to be covered} */
    long edges() {
        return parts.stream().mapToLong(part -> part.coverage().edges()).sum();
    }

    /** {@return how many of them are} */
    long covered() {
        return parts.stream().mapToLong(part -> part.coverage().covered()).sum();
    }

    /** {@return how many steps are to be performed} */
    long steps() {
        return parts.stream().mapToLong(part -> part.suite().steps()).sum();
    }

    /** {@return how many walks are to be performed} */
    int walks() {
        return parts.stream().mapToInt(part -> part.suite().walks().size()).sum();
    }

    /** {@return the steps that are to be performed for each edge that is to be covered} */
    double stepsPerEdge() {
        return edges() == 0 ? 0 : (double) steps() / edges();
    }

    /** {@return how many steps of each action are to be performed} */
    Map<String, Long> stepsPerAction() {
        Map<String, Long> all = new TreeMap<>();
        parts.forEach(part -> part.coverage().stepsPerAction().forEach((action, steps) -> all.merge(action, steps, Long::sum)));
        return all;
    }
}
