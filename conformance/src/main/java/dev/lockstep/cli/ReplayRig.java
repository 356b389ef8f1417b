package dev.lockstep.cli;

import dev.lockstep.replay.Divergence;
import dev.lockstep.replay.Replayer;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Walk;
import dev.lockstep.sut.SystemUnderTest;
import dev.lockstep.sut.Variable;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** A mirror, and what performs walks on it. Not thread-safe. */
final class ReplayRig implements AutoCloseable {
    private static final int BETWEEN_REPORTS = 1000;

    private final StateGraph graph;
    private final SystemUnderTest mirror;
    private final Replayer replayer;

    /**
     * Takes a mirror that has done nothing yet, to be closed with this.
     *
     * @param variables what is to be compared
     * @throws IllegalArgumentException if the graph is none that the mirror can be replayed on, with one clause that says why; the mirror is
     *                                  closed then
     */
    ReplayRig(StateGraph graph, SystemUnderTest mirror, List<Variable> variables) throws IOException {
        this.graph = graph;
        this.mirror = mirror;
        try {
            replayer = new Replayer(graph, variables, mirror);
        } catch (IOException | RuntimeException e) {
            mirror.close();
            throw e;
        }
    }

    SystemUnderTest mirror() {
        return mirror;
    }

    Replayer replayer() {
        return replayer;
    }

    /**
     * Performs walks.
     *
     * @param enough   asked before each: whether to leave it at that
     * @param progress told now and then how many steps more were performed
     * @return the first thing that is not as the graph says
     */
    Optional<Divergence> walk(Suite suite, AtomicBoolean enough, LongConsumer progress) throws IOException {
        long told = 0;
        for (Walk walk : suite.walks()) {
            if (enough.get()) {
                break;
            }
            Optional<Divergence> divergence = replayer.walk(walk.start(), walk.edges());
            if (divergence.isPresent()) {
                enough.set(true);
                return divergence;
            }
            if (replayer.steps() - told >= BETWEEN_REPORTS) {
                progress.accept(replayer.steps() - told);
                told = replayer.steps();
            }
        }
        return Optional.empty();
    }

    /** Performs a path in which a crash is a move: a walk up to each crash, and the next one from what it left. */
    Optional<Divergence> path(int[] edges) throws IOException {
        int from = 0;
        for (int i = 0; i < edges.length; i++) {
            if (PreparedSuite.isCrash(graph.label(edges[i])) || i == edges.length - 1) {
                Optional<Divergence> divergence = replayer.walk(graph.source(edges[from]), Arrays.copyOfRange(edges, from, i + 1));
                if (divergence.isPresent()) {
                    return divergence;
                }
                from = i + 1;
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        mirror.close();
    }
}
