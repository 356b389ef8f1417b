package dev.lockstep.replay;

import dev.lockstep.sut.Variable;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.StringValue;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A state graph, with each state's variables as codes and each state's enabled labels as bits. Immutable. */
final class CodedGraph {
    private final StateGraph graph;
    private final List<Variable> variables;
    private final int[] columns;
    private final long[][] codes;
    private final int words;
    private final long[] enabled;
    private final boolean[] crash;
    private final int modeColumn;
    private final int downValue;

    /**
     * Codes a graph.
     *
     * @param variables  the variables that are compared
     * @param unobserved the names of those that are not
     * @throws IllegalArgumentException if the graph's variables are not those
     */
    CodedGraph(StateGraph graph, List<Variable> variables, Set<String> unobserved) {
        this.graph = graph;
        this.variables = variables;
        requireVariables(graph, variables, unobserved);
        columns = new int[variables.size()];
        codes = new long[variables.size()][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = graph.variable(variables.get(i).name());
            List<Value> values = graph.values(columns[i]);
            codes[i] = new long[values.size()];
            for (int id = 0; id < codes[i].length; id++) {
                codes[i][id] = variables.get(i).encode(values.get(id));
            }
        }
        words = (graph.labels().size() + Long.SIZE - 1) / Long.SIZE;
        enabled = new long[graph.stateCount() * words];
        for (int state = 0; state < graph.stateCount(); state++) {
            for (int edge = graph.firstEdge(state); edge < graph.firstEdge(state + 1); edge++) {
                int label = graph.labelId(edge);
                enabled[state * words + label / Long.SIZE] |= 1L << label;
            }
        }
        crash = new boolean[graph.labels().size()];
        for (int label = 0; label < crash.length; label++) {
            crash[label] = isCrash(graph.labels().get(label));
        }
        modeColumn = graph.variable("mode");
        downValue = graph.values(modeColumn).indexOf(new StringValue("down"));
    }

    private static void requireVariables(StateGraph graph, List<Variable> observed, Set<String> unobserved) {
        Set<String> names = new HashSet<>(unobserved);
        observed.forEach(variable -> names.add(variable.name()));
        if (!names.equals(new HashSet<>(graph.variables()))) {
            throw new IllegalArgumentException("the model's variables are " + graph.variables() + "; those of Mirror.tla are "
                    + "expected");
        }
    }

    /** Whether an action ends the mirror and leaves only files. */
    static boolean isCrash(Label label) {
        return label.action().equals("Kill") || label.action().equals("PowerCut");
    }

    StateGraph graph() {
        return graph;
    }

    List<Variable> variables() {
        return variables;
    }

    long code(int state, int variable) {
        return codes[variable][graph.valueId(state, columns[variable])];
    }

    boolean enabled(int state, int label) {
        return (enabled[state * words + label / Long.SIZE] >>> label & 1) != 0;
    }

    boolean crash(int label) {
        return crash[label];
    }

    boolean down(int state) {
        return graph.valueId(state, modeColumn) == downValue;
    }

    int indexOf(String variable) {
        List<String> names = new ArrayList<>();
        variables.forEach(each -> names.add(each.name()));
        return names.indexOf(variable);
    }
}
