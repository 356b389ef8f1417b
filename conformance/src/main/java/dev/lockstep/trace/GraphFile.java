package dev.lockstep.trace;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * State graphs as bytes: every number as short as it can be, values and labels as TLA+. What is read is equal to what was written, all
 * numbers included. That the bytes are those which were written is for the caller to see to; what cannot be a graph is refused.
 */
public final class GraphFile {
    private GraphFile() {
    }

    /**
     * Writes a graph.
     *
     * @throws IOException if the stream fails
     */
    public static void write(StateGraph graph, DataOutputStream out) throws IOException {
        int variables = graph.variables().size();
        Numbers.write(out, variables);
        for (int variable = 0; variable < variables; variable++) {
            text(out, graph.variables().get(variable));
            Numbers.write(out, graph.values(variable).size());
            for (Value value : graph.values(variable)) {
                text(out, value.toString());
            }
        }
        Numbers.write(out, graph.labels().size());
        for (Label label : graph.labels()) {
            text(out, label.action());
            text(out, Value.tuple(label.arguments()).toString());
        }
        Numbers.write(out, graph.stateCount());
        for (int state = 0; state < graph.stateCount(); state++) {
            for (int variable = 0; variable < variables; variable++) {
                Numbers.write(out, graph.valueId(state, variable));
            }
        }
        int[] initial = graph.initialStates();
        Numbers.write(out, initial.length);
        for (int state : initial) {
            Numbers.write(out, state);
        }
        for (int state = 0; state < graph.stateCount(); state++) {
            edges(graph, state, out);
        }
    }

    /** Labels ascend; targets are mostly near their sources, or near each other. */
    private static void edges(StateGraph graph, int state, DataOutputStream out) throws IOException {
        Numbers.write(out, graph.firstEdge(state + 1) - graph.firstEdge(state));
        int label = 0;
        int target = state;
        for (int edge = graph.firstEdge(state); edge < graph.firstEdge(state + 1); edge++) {
            Numbers.write(out, graph.labelId(edge) - label);
            Numbers.writeSigned(out, graph.target(edge) - target);
            label = graph.labelId(edge);
            target = graph.target(edge);
        }
    }

    /**
     * Reads a graph.
     *
     * @throws FormatException if what is there is no graph
     * @throws IOException     if the stream fails or ends too soon
     */
    public static StateGraph read(DataInputStream in) throws IOException {
        try {
            return graph(in);
        } catch (IllegalArgumentException e) {
            throw new FormatException("expected a state graph, but " + e.getMessage(), e);
        }
    }

    private static StateGraph graph(DataInputStream in) throws IOException {
        int variables = Numbers.read(in);
        List<String> names = new ArrayList<>();
        List<List<Value>> values = new ArrayList<>();
        for (int variable = 0; variable < variables; variable++) {
            names.add(text(in));
            int count = Numbers.read(in);
            List<Value> distinct = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                distinct.add(TlaValueParser.parse(text(in)));
            }
            values.add(distinct);
        }
        StateGraph.Builder graph = new StateGraph.Builder(names);
        for (int variable = 0; variable < variables; variable++) {
            for (Value value : values.get(variable)) {
                graph.valueId(variable, value);
            }
        }
        int labels = Numbers.read(in);
        for (int i = 0; i < labels; i++) {
            String action = text(in);
            graph.labelId(new Label(action, ((TupleValue) TlaValueParser.parse(text(in))).elements()));
        }
        int states = Numbers.read(in);
        int[] row = new int[variables];
        for (int state = 0; state < states; state++) {
            for (int variable = 0; variable < variables; variable++) {
                row[variable] = Numbers.read(in);
            }
            if (graph.stateOf(row) != state) {
                throw new FormatException("expected a state graph, but its state " + state + " occurs twice");
            }
        }
        int initial = Numbers.read(in);
        for (int i = 0; i < initial; i++) {
            graph.initial(Numbers.read(in));
        }
        for (int state = 0; state < states; state++) {
            int edges = Numbers.read(in);
            int label = 0;
            int target = state;
            for (int i = 0; i < edges; i++) {
                label += Numbers.read(in);
                target += Numbers.readSigned(in);
                graph.edge(state, label, target);
            }
        }
        return graph.build();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Numbers.write(out, bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(Numbers.read(in));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
