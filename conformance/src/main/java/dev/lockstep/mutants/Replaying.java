package dev.lockstep.mutants;

import dev.lockstep.suite.Walk;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Replays on the mirror that its class was loaded with. Graph, walks and what this is called with are of the classes that every mirror
 * shares: {@link PlantedMirror}.
 */
public interface Replaying {

    /**
     * The first thing that is not as the graph says.
     *
     * @param edge   the step, as an edge of the graph; -1 for the state in which a walk starts
     * @param action the action at fault with its parameters; empty if it is the state in which a walk starts
     * @param found  what differs
     * @param start  the state in which the walk started
     * @param edges  the walk up to and including the step
     */
    record Seen(int edge, String action, List<String> found, int start, int[] edges) {
    }

    /**
     * Performs walks, one after the other, until one diverges.
     *
     * @param mutant what the mirror is, and where it is sought
     * @param graph  the state graph of its policy and environment
     * @param walks  the walks, each from a down state to which one before has led
     * @param files  an empty folder for the mirror's files
     * @return what diverges; empty if nothing does
     * @throws IOException if the files cannot be written or read
     */
    Optional<Seen> replay(Mutant mutant, StateGraph graph, List<Walk> walks, Path files) throws IOException;
}
