package dev.lockstep.trace;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every reachable state of a model and every step between them, without symmetry.
 *
 * <p>States, values, labels and edges are numbered from 0 in the order in which they were found, edges by source, label
 * and target; so the same exploration gives the same numbers. It takes 5 bytes an edge (6 with more than 256 labels), 4
 * bytes a state, and 1, 2 or 4 bytes per state and variable. Immutable and thread-safe. Indices out of range throw
 * {@link IndexOutOfBoundsException}.
 */
public final class StateGraph {
    private final List<String> variables;
    private final List<List<Value>> values;
    private final IdColumn[] columns;
    private final int[] initialStates;
    private final List<Label> labels;
    private final int[] firstEdge;
    private final int[] targets;
    private final IdColumn labelIds;

    private StateGraph(Builder builder) {
        EdgeTable.Edges edges = builder.edges.build(builder.states.size());
        builder.states.seal();
        this.variables = builder.variables;
        this.values = builder.states.values().stream().map(List::copyOf).toList();
        this.columns = builder.states.columns();
        this.initialStates = builder.initial.stream().mapToInt(Integer::intValue).toArray();
        this.labels = List.copyOf(builder.labels);
        this.firstEdge = edges.first();
        this.targets = edges.targets();
        this.labelIds = edges.labels();
    }

    /** Returns the variables' names; their index is what other methods call {@code variable}. */
    public List<String> variables() {
        return variables;
    }

    /**
     * Returns the index of a variable.
     *
     * @throws IllegalArgumentException if the model has no variable of that name
     */
    public int variable(String name) {
        int variable = variables.indexOf(name);
        if (variable < 0) {
            throw new IllegalArgumentException("the model has no variable " + name + "; it has " + variables);
        }
        return variable;
    }

    /** Returns how many states there are; their ids are 0 and up. */
    public int stateCount() {
        return firstEdge.length - 1;
    }

    /** Returns how many edges there are; their ids are 0 and up. */
    public int edgeCount() {
        return targets.length;
    }

    /** Returns the initial states, a fresh array in the order in which they were found. */
    public int[] initialStates() {
        return initialStates.clone();
    }

    /** Returns the value of a variable in a state, as an index into {@link #values}. */
    public int valueId(int state, int variable) {
        return columns[variable].get(checked(state));
    }

    /** Returns the distinct values that a variable has in any state; unmodifiable. */
    public List<Value> values(int variable) {
        return values.get(variable);
    }

    /** Returns the value of a variable in a state. */
    public Value value(int state, int variable) {
        return values.get(variable).get(valueId(state, variable));
    }

    /** Returns variable to value in a state, by ascending name; unmodifiable. */
    public Map<String, Value> state(int state) {
        Map<String, Value> map = new TreeMap<>();
        for (int variable = 0; variable < columns.length; variable++) {
            map.put(variables.get(variable), value(state, variable));
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * Returns the first edge out of a state. Its edges are those from there up to and without
     * {@code firstEdge(state + 1)}; {@code firstEdge(stateCount())} is {@link #edgeCount}.
     */
    public int firstEdge(int state) {
        return firstEdge[state];
    }

    /** Returns the state that an edge comes from, in time logarithmic in the number of states. */
    public int source(int edge) {
        if (edge < 0 || edge >= targets.length) {
            throw new IndexOutOfBoundsException("edge " + edge + " of " + targets.length);
        }
        int low = 0;
        int high = stateCount() - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (firstEdge[middle] <= edge) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Returns the state that an edge leads to. */
    public int target(int edge) {
        return targets[edge];
    }

    /** Returns the label of an edge, as an index into {@link #labels}. */
    public int labelId(int edge) {
        return labelIds.get(edge);
    }

    /** Returns the distinct labels; unmodifiable. */
    public List<Label> labels() {
        return labels;
    }

    /** Returns the label of an edge. */
    public Label label(int edge) {
        return labels.get(labelIds.get(edge));
    }

    /**
     * Returns the trace along a path.
     *
     * @param specHash see {@link Trace}
     * @param policy see {@link Trace}
     * @param size see {@link Trace}
     * @param start a state
     * @param edges edges, each from where the one before it led to
     * @throws IllegalArgumentException if an edge does not follow
     */
    public Trace trace(String specHash, String policy, String size, int start, int... edges) {
        int at = start;
        for (int edge : edges) {
            if (source(edge) != at) {
                throw new IllegalArgumentException("edge " + edge + " " + label(edge) + " starts at state "
                        + source(edge) + ", not at " + at);
            }
            at = target(edge);
        }
        List<Step> steps = new AbstractList<>() {
            @Override
            public Step get(int index) {
                return new Step(label(edges[index]), state(target(edges[index])));
            }

            @Override
            public int size() {
                return edges.length;
            }
        };
        return new Trace(specHash, policy, size, state(start), steps);
    }

    private int checked(int state) {
        if (state < 0 || state >= stateCount()) {
            throw new IndexOutOfBoundsException("state " + state + " of " + stateCount());
        }
        return state;
    }

    /**
     * Collects states and edges in any order; fastest when edges come by ascending source. Not thread-safe. After
     * {@link #build} every method throws {@link IllegalStateException}.
     */
    public static final class Builder {
        private final List<String> variables;
        private final Set<Integer> initial = new LinkedHashSet<>();
        private final List<Label> labels = new ArrayList<>();
        private final Map<Label, Integer> labelIds = new HashMap<>();
        private StateTable states;
        private EdgeTable edges = new EdgeTable();

        /**
         * Starts a graph without states.
         *
         * @throws IllegalArgumentException if a name occurs twice
         */
        public Builder(List<String> variables) {
            this.variables = List.copyOf(variables);
            if (Set.copyOf(variables).size() != variables.size()) {
                throw new IllegalArgumentException("a variable occurs twice in " + variables);
            }
            this.states = new StateTable(variables.size());
        }

        /**
         * Returns the state with these values, which is a new one (with the next id) if there was none.
         *
         * @param values one for each variable, in the order of the names
         */
        public int state(Value... values) {
            int[] row = new int[values.length];
            for (int variable = 0; variable < row.length; variable++) {
                row[variable] = valueId(variable, values[variable]);
            }
            return stateOf(row);
        }

        /** As {@link #state}, for a caller that keeps value ids: spares the hashing of values. */
        public int stateOf(int... valueIds) {
            checkOpen();
            if (valueIds.length != variables.size()) {
                throw new IllegalArgumentException(
                        "a state has " + variables.size() + " values, not " + valueIds.length);
            }
            return states.state(valueIds);
        }

        /** Returns the id of a variable's value, a new one if it was not seen before. */
        public int valueId(int variable, Value value) {
            checkOpen();
            return states.valueId(variable, value);
        }

        /** Makes a state an initial one. */
        public void initial(int state) {
            checkState(state);
            initial.add(state);
        }

        /** Returns the id of a label, a new one if it was not seen before. */
        public int labelId(Label label) {
            checkOpen();
            Integer id = labelIds.get(label);
            if (id == null) {
                id = labels.size();
                labelIds.put(label, id);
                labels.add(label);
            }
            return id;
        }

        /** Adds an edge; one that is there already is not added again. */
        public void edge(int source, Label label, int target) {
            edge(source, labelId(label), target);
        }

        /** As {@link #edge(int, Label, int)}, for a caller that keeps label ids. */
        public void edge(int source, int labelId, int target) {
            checkState(source);
            checkState(target);
            if (labelId < 0 || labelId >= labels.size()) {
                throw new IllegalArgumentException("no label has the id " + labelId);
            }
            edges.add(source, labelId, target);
        }

        /** Returns how many states there are by now. */
        public int stateCount() {
            checkOpen();
            return states.size();
        }

        /** Sorts the edges and ends the building. Takes about two seconds for 15 million edges. */
        public StateGraph build() {
            checkOpen();
            StateGraph graph = new StateGraph(this);
            states = null;
            edges = null;
            return graph;
        }

        private void checkOpen() {
            if (states == null) {
                throw new IllegalStateException("this graph has been built");
            }
        }

        private void checkState(int state) {
            checkOpen();
            if (state < 0 || state >= states.size()) {
                throw new IllegalArgumentException("no state has the id " + state);
            }
        }
    }

    @Override
    public String toString() {
        return "StateGraph[" + stateCount() + " states, " + edgeCount() + " edges, initial "
                + Arrays.toString(initialStates) + "]";
    }
}
