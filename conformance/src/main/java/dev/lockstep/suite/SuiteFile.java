package dev.lockstep.suite;

import dev.lockstep.trace.FormatException;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Numbers;
import dev.lockstep.trace.StateGraph;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Suites as bytes, beside their graph: where a walk starts, and which of the edges there it takes, step by step. What is read is equal to
 * what was written, and can be walked.
 */
public final class SuiteFile {
    private SuiteFile() {
    }

    /**
     * Writes a suite.
     *
     * @param crash as in {@link SuiteGenerator#generate}
     * @throws IOException if the stream fails
     */
    public static void write(StateGraph graph, Predicate<Label> crash, Suite suite, DataOutputStream out) throws IOException {
        boolean[] stays = stays(graph, crash);
        Numbers.write(out, suite.walks().size());
        for (Walk walk : suite.walks()) {
            int at = walk.start();
            Numbers.write(out, at);
            Numbers.write(out, walk.edges().length);
            for (int edge : walk.edges()) {
                Numbers.write(out, edge - graph.firstEdge(at));
                at = stays[graph.labelId(edge)] ? at : graph.target(edge);
            }
        }
    }

    /**
     * Reads a suite.
     *
     * @param graph the graph that it was written beside
     * @throws FormatException if what is there is no suite of the graph
     * @throws IOException     if the stream fails or ends too soon
     */
    public static Suite read(StateGraph graph, Predicate<Label> crash, DataInputStream in) throws IOException {
        boolean[] stays = stays(graph, crash);
        int count = Numbers.read(in);
        List<Walk> walks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int start = Numbers.read(in);
            int length = Numbers.read(in);
            if (start >= graph.stateCount() || length > graph.edgeCount()) {
                throw new FormatException("expected a walk of the graph, found one of " + length + " steps from state " + start);
            }
            walks.add(new Walk(start, edges(graph, stays, start, length, in)));
        }
        return new Suite(walks);
    }

    private static int[] edges(StateGraph graph, boolean[] stays, int start, int length, DataInputStream in) throws IOException {
        int[] edges = new int[length];
        int at = start;
        for (int i = 0; i < length; i++) {
            int choice = Numbers.read(in);
            int edge = graph.firstEdge(at) + choice;
            if (choice >= graph.firstEdge(at + 1) - graph.firstEdge(at)) {
                throw new FormatException("expected an edge of state " + at + ", found " + edge);
            }
            edges[i] = edge;
            at = stays[graph.labelId(edge)] ? at : graph.target(edge);
        }
        return edges;
    }

    private static boolean[] stays(StateGraph graph, Predicate<Label> crash) {
        boolean[] stays = new boolean[graph.labels().size()];
        for (int label = 0; label < stays.length; label++) {
            stays[label] = crash.test(graph.labels().get(label));
        }
        return stays;
    }
}
