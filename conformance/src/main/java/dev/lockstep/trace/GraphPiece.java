package dev.lockstep.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * What one of several searchers, who are at work at the same time, finds of a graph. They have the numbers of states in common and nothing
 * else: each numbers values and labels for itself. {@link #joined} makes one graph of all pieces. It takes as much memory as the graph.
 * Not thread-safe: each searcher has its own.
 */
public final class GraphPiece {
    private final List<List<Value>> values = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private final IdColumn[] columns;
    private final IntList states = new IntList();
    private final IntList initial = new IntList();
    private final IntList sources = new IntList();
    private final IntList firstEdges = new IntList();
    private final IntList targets = new IntList();
    private final IdColumn labelIds = new IdColumn();
    /** Above every number of a state. */
    private int bound;

    /**
     * An empty piece.
     *
     * @param variables how many variables a state has
     */
    public GraphPiece(int variables) {
        columns = new IdColumn[variables];
        for (int variable = 0; variable < variables; variable++) {
            columns[variable] = new IdColumn();
            values.add(new ArrayList<>());
        }
    }

    /** {@return the piece's id of a value that a variable has in a state of this piece} */
    public int value(int variable, Value value) {
        values.get(variable).add(value);
        return values.get(variable).size() - 1;
    }

    /** {@return the piece's id of a label} */
    public int label(Label label) {
        labels.add(label);
        return labels.size() - 1;
    }

    /**
     * Adds a state, which no other piece has.
     *
     * @param number   its number
     * @param valueIds the piece's ids of its values
     */
    public void state(int number, int... valueIds) {
        states.add(number);
        bound = Math.max(bound, number + 1);
        for (int variable = 0; variable < columns.length; variable++) {
            columns[variable].add(valueIds[variable]);
        }
    }

    /** Makes a state an initial one. */
    public void initial(int number) {
        initial.add(number);
        bound = Math.max(bound, number + 1);
    }

    /**
     * Adds an edge. All edges out of a state come one after another, in an order that does not depend on the searcher.
     *
     * @param source  the number of the state that it comes from
     * @param labelId the piece's id of its label
     * @param target  the number of the state that it leads to
     */
    public void edge(int source, int labelId, int target) {
        int last = sources.size() - 1;
        if (last < 0 || sources.get(last) != source) {
            sources.add(source);
            firstEdges.add(targets.size());
        }
        targets.add(target);
        bound = Math.max(bound, Math.max(source, target) + 1);
        labelIds.add(labelId);
    }

    /**
     * Makes one graph of all pieces. Its states are numbered as one searcher alone would, breadth first: so it is the same, all numbers
     * included, whoever has found what and when. What no initial state leads to is left out.
     *
     * @param variables the variables' names
     * @param pieces    the pieces, those with initial states in the order of these
     * @throws IllegalStateException if they do not fit together
     */
    public static StateGraph joined(List<String> variables, List<GraphPiece> pieces) {
        return new Joining(variables, pieces).graph();
    }

    int bound() {
        return bound;
    }

    int stateCount() {
        return states.size();
    }

    int state(int row) {
        return states.get(row);
    }

    int valueId(int row, int variable) {
        return columns[variable].get(row);
    }

    List<Value> values(int variable) {
        return values.get(variable);
    }

    IntList initial() {
        return initial;
    }

    /** How many states have edges in this piece. */
    int sourceCount() {
        return sources.size();
    }

    int source(int index) {
        return sources.get(index);
    }

    /** The first edge of a source; that of the one behind the last is how many edges there are. */
    int firstEdge(int index) {
        return index == firstEdges.size() ? targets.size() : firstEdges.get(index);
    }

    int target(int edge) {
        return targets.get(edge);
    }

    int labelId(int edge) {
        return labelIds.get(edge);
    }

    List<Label> labels() {
        return labels;
    }
}
