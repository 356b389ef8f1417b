package dev.lockstep.cli;

import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Walk;
import dev.lockstep.trace.GraphHashes;
import dev.lockstep.trace.StateGraph;
import java.util.Arrays;
import java.util.Optional;

/**
 * The traces of a suite, each named by what is in it: the way that a walk goes, and for each fork the way up to that crash. Equal ways of two
 * walks are one trace. Not thread-safe.
 */
final class SuiteTraces {
    private final StateGraph graph;
    private final Suite suite;
    private final GraphHashes hashes;

    SuiteTraces(StateGraph graph, Suite suite, GraphHashes hashes) {
        this.graph = graph;
        this.suite = suite;
        this.hashes = hashes;
    }

    /**
     * A trace, as a path of the graph.
     *
     * @param start where it starts
     * @param edges its steps; a crash can only be the last
     */
    record Path(int start, int[] edges) {
    }

    /** {@return a line for each walk: its trace's id, how many steps that has, and how many forks the walk has beside} */
    String list() {
        StringBuilder lines = new StringBuilder();
        for (Walk walk : suite.walks()) {
            byte[] hash = hashes.start(walk.start());
            int forks = 0;
            for (int edge : walk.edges()) {
                if (isFork(edge)) {
                    forks++;
                } else {
                    hash = hashes.step(hash, edge);
                }
            }
            lines.append(GraphHashes.id(hash)).append(String.format(" %6d %6d%n", walk.edges().length - forks, forks));
        }
        return lines.toString();
    }

    /** {@return the trace of an id, if the suite has it} */
    Optional<Path> find(String id) {
        for (Walk walk : suite.walks()) {
            byte[] hash = hashes.start(walk.start());
            int[] way = new int[walk.edges().length];
            int length = 0;
            for (int edge : walk.edges()) {
                if (isFork(edge)) {
                    if (GraphHashes.id(hashes.step(hash, edge)).equals(id)) {
                        way[length] = edge;
                        return Optional.of(new Path(walk.start(), Arrays.copyOf(way, length + 1)));
                    }
                } else {
                    hash = hashes.step(hash, edge);
                    way[length++] = edge;
                }
            }
            if (GraphHashes.id(hash).equals(id)) {
                return Optional.of(new Path(walk.start(), Arrays.copyOf(way, length)));
            }
        }
        return Optional.empty();
    }

    private boolean isFork(int edge) {
        return PreparedSuite.isCrash(graph.label(edge));
    }
}
