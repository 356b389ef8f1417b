package dev.lockstep.tlc.inside;

import dev.lockstep.trace.GraphPiece;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tlc2.tool.Action;
import tlc2.tool.TLCState;
import tlc2.util.FP64;
import tlc2.value.IValue;
import util.UniqueString;

/** What one of TLC's workers sees of the graph. Not thread-safe: each worker has its own. */
final class WorkerNotes {
    private final UniqueString[] variables;
    private final StateNumbers numbers;
    private final GraphPiece piece;
    private final ValueConverter values = new ValueConverter();
    private final ActionLabels labels = new ActionLabels(values);
    private final Map<Action, Integer> labelIds = new IdentityHashMap<>();
    /** For each variable, fingerprint of a value to the piece's id of it. */
    private final List<Map<Long, Integer>> valueIds;
    private final IValue[] previousValues;
    private final int[] row;
    private TLCState source;
    private int sourceNumber;
    private long steps;

    /** Empty notes; the variables are in the order that the graph is to have. */
    WorkerNotes(UniqueString[] variables, StateNumbers numbers) {
        this.variables = variables;
        this.numbers = numbers;
        piece = new GraphPiece(variables.length);
        valueIds = Stream.of(variables).<Map<Long, Integer>>map(variable -> new HashMap<>()).toList();
        previousValues = new IValue[variables.length];
        row = new int[variables.length];
    }

    GraphPiece piece() {
        return piece;
    }

    /** The number of the state whose steps are being noted. */
    int sourceNumber() {
        return sourceNumber;
    }

    /** Counts a step, and says how many that makes. */
    long count() {
        return ++steps;
    }

    /** An initial state, which was just asked about. */
    void initial(TLCState state) {
        add(state);
        piece.initial(numbers.last());
    }

    /** A step to a state that was just asked about. */
    void step(TLCState state, TLCState successor, boolean isNew, Action action) {
        int target = numbers.last();
        if (isNew) {
            add(successor);
        }
        if (state != source) {
            source = state;
            sourceNumber = numbers.numberOf(state.fingerPrint());
        }
        Integer label = labelIds.get(action);
        if (label == null) {
            label = piece.label(labels.labelOf(action));
            labelIds.put(action, label);
        }
        piece.edge(sourceNumber, label, target);
    }

    private void add(TLCState state) {
        for (int i = 0; i < row.length; i++) {
            IValue value = state.lookup(variables[i]);
            // A step leaves most variables as they are, and TLC then shares their values.
            if (value != previousValues[i]) {
                row[i] = valueId(i, value);
                previousValues[i] = value;
            }
        }
        piece.state(numbers.last(), row);
    }

    private int valueId(int variable, IValue value) {
        return valueIds.get(variable).computeIfAbsent(value.fingerPrint(FP64.New()),
                fingerprint -> piece.value(variable, values.convert(value)));
    }
}
