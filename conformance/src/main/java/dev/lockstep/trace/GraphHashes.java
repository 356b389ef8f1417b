package dev.lockstep.trace;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The ids of traces along paths of a graph: the same that the traces have ({@link Trace#id}), found without spelling out a state twice.
 * Takes 32 bytes a state. Not thread-safe.
 */
public final class GraphHashes {
    private final StateGraph graph;
    private final String specHash;
    private final String policy;
    private final String size;
    private final ContentHash hash = new ContentHash();
    private final byte[][] labels;
    private final byte[][] states;

    /**
     * Hashes every state.
     *
     * @param graph    the graph
     * @param specHash see {@link Trace}
     * @param policy   see {@link Trace}
     * @param size     see {@link Trace}
     */
    public GraphHashes(StateGraph graph, String specHash, String policy, String size) {
        this.graph = graph;
        this.specHash = specHash;
        this.policy = policy;
        this.size = size;
        this.labels = graph.labels().stream().map(label -> hash.text(label.toString())).toArray(byte[][]::new);
        this.states = states();
    }

    private byte[][] states() {
        List<Integer> byName = IntStream.range(0, graph.variables().size()).boxed()
                .sorted(Comparator.comparing(variable -> graph.variables().get(variable))).toList();
        List<List<byte[]>> values = byName.stream().map(variable -> graph.values(variable).stream()
                .map(value -> hash.variable(graph.variables().get(variable), value)).toList()).toList();
        byte[][] hashes = new byte[graph.stateCount()][];
        List<byte[]> row = new ArrayList<>(Collections.nCopies(byName.size(), null));
        for (int state = 0; state < hashes.length; state++) {
            for (int i = 0; i < row.size(); i++) {
                row.set(i, values.get(i).get(graph.valueId(state, byName.get(i))));
            }
            hashes[state] = hash.state(row);
        }
        return hashes;
    }

    /** Adds what tells a state from others to a digest. */
    public void addState(MessageDigest digest, int state) {
        digest.update(states[state]);
    }

    /** Adds what tells a label from others to a digest. */
    public void addLabel(MessageDigest digest, int label) {
        digest.update(labels[label]);
    }

    /** {@return the hash of the trace that has a start and no steps} */
    public byte[] start(int state) {
        return hash.start(specHash, policy, size, states[state]);
    }

    /**
     * {@return the hash of a trace with one step more}
     *
     * @param before the trace's hash
     * @param edge   the step
     */
    public byte[] step(byte[] before, int edge) {
        return hash.step(before, labels[graph.labelId(edge)], states[graph.target(edge)]);
    }

    /** {@return the id of the trace that has this hash} */
    public static String id(byte[] hash) {
        return ContentHash.id(hash);
    }
}
