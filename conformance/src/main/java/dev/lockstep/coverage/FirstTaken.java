package dev.lockstep.coverage;

import dev.lockstep.trace.StateGraph;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/**
 * Which part of a suite each edge is a matter of, when the suite's walks are dealt out to parts: the part whose walk takes it first. So no
 * edge is a matter of two parts, and each that the suite takes is one of some. Knows nothing of how walks are dealt out.
 */
public final class FirstTaken {
    private final BitSet[] edges;

    private FirstTaken(BitSet[] edges) {
        this.edges = edges;
    }

    /**
     * Looks at a suite.
     *
     * @param graph  the graph
     * @param suite  the whole suite, in order
     * @param partOf the part that a walk is in, from 0 on, by its place in the suite
     * @param parts  how many parts there are
     */
    public static FirstTaken of(StateGraph graph, Iterable<PlainWalk> suite, IntUnaryOperator partOf, int parts) {
        BitSet[] edges = new BitSet[parts];
        Arrays.setAll(edges, part -> new BitSet());
        BitSet taken = new BitSet(graph.edgeCount());
        int number = 0;
        for (PlainWalk walk : suite) {
            BitSet own = edges[partOf.applyAsInt(number++)];
            for (int edge : walk.edges()) {
                if (!taken.get(edge)) {
                    taken.set(edge);
                    own.set(edge);
                }
            }
        }
        return new FirstTaken(edges);
    }

    /** {@return the edges that are a matter of a part, a copy} */
    public BitSet edges(int part) {
        return (BitSet) edges[part].clone();
    }
}
