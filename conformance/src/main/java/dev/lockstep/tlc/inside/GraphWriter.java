package dev.lockstep.tlc.inside;

import dev.lockstep.trace.PartialGraph;
import dev.lockstep.trace.PartialGraph.End;
import dev.lockstep.trace.StateGraph;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import tla2sany.semantic.OpDeclNode;
import tlc2.tool.Action;
import tlc2.tool.TLCState;
import tlc2.util.BitVector;
import tlc2.util.FP64;
import tlc2.value.IValue;
import util.UniqueString;

/**
 * Receives every state and every transition from TLC and builds the graph of them. For one worker. TLC swallows what a
 * state writer throws: the first such thing is kept, to be asked for.
 */
final class GraphWriter extends StepHearer {
    private final UniqueString[] variables;
    private final StateGraph.Builder graph;
    private final StateNumbers numbers;
    private final BooleanSupplier cancelled;
    private final long limit;
    private final ValueConverter values = new ValueConverter();
    private final ActionLabels labels = new ActionLabels(values);
    private final Map<Action, Integer> labelIds = new IdentityHashMap<>();
    /** For each variable, fingerprint of a value to the graph's id of it. */
    private final List<Map<Long, Integer>> valueIds;
    private final IValue[] previousValues;
    private int[] previousRow;
    private TLCState source;
    private int sourceNumber;
    private long steps;
    private boolean enough;
    private Throwable failure;

    /**
     * Makes a writer.
     *
     * @param variables the spec's variables in the order that the graph is to have
     * @param cancelled tells when to give up
     * @param limit how many steps are enough
     */
    GraphWriter(List<OpDeclNode> variables, StateNumbers numbers, BooleanSupplier cancelled, long limit) {
        this.variables = variables.stream().map(OpDeclNode::getName).toArray(UniqueString[]::new);
        this.graph = new StateGraph.Builder(variables.stream().map(node -> node.getName().toString()).toList());
        this.numbers = numbers;
        this.cancelled = cancelled;
        this.limit = limit;
        this.valueIds = variables.stream().<Map<Long, Integer>>map(node -> new HashMap<>()).toList();
        this.previousValues = new IValue[this.variables.length];
        this.previousRow = new int[this.variables.length];
    }

    /** Returns what went wrong first, or null. */
    Throwable failure() {
        return failure;
    }

    /** Returns whether there were as many steps as are enough, and TLC was stopped for that. */
    boolean enough() {
        return enough;
    }

    /**
     * Returns the graph of all that was written; nothing can be written after it.
     *
     * @param success whether TLC came to its end; else the state that it was at may lack steps
     */
    PartialGraph graph(boolean success) {
        StateGraph built = graph.build();
        return enough ? new PartialGraph(built, sourceNumber, End.CUT)
                : success ? new PartialGraph(built, built.stateCount(), End.WHOLE) : new PartialGraph(built, sourceNumber, End.BROKEN);
    }

    @Override
    public void writeState(TLCState state) {
        guarded(() -> graph.initial(add(state)));
    }

    @Override
    public void writeState(TLCState state, TLCState successor, boolean isNew, Action action) {
        guarded(() -> {
            if (++steps > limit) {
                enough = true;
                throw new CancellationException("these steps are enough");
            }
            int target = isNew ? add(successor) : numbers.last();
            if (state != source) {
                source = state;
                sourceNumber = numbers.numberOf(state.fingerPrint());
            }
            Integer label = labelIds.get(action);
            if (label == null) {
                label = graph.labelId(labels.labelOf(action));
                labelIds.put(action, label);
            }
            graph.edge(sourceNumber, label, target);
        });
    }

    private void guarded(Runnable write) {
        if (failure != null) {
            throw new IllegalStateException("the graph is broken already", failure);
        }
        try {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("the exploration was given up");
            }
            write.run();
        } catch (Throwable e) {
            failure = e;
            throw e;
        }
    }

    /** Adds the state that TLC has just seen for the first time. */
    private int add(TLCState state) {
        int[] row = new int[variables.length];
        for (int i = 0; i < row.length; i++) {
            IValue value = state.lookup(variables[i]);
            // A step leaves most variables as they are, and TLC then shares their values.
            row[i] = value == previousValues[i] ? previousRow[i] : valueId(i, value);
            previousValues[i] = value;
        }
        previousRow = row;
        int number = graph.stateOf(row);
        if (number != numbers.last()) {
            throw new IllegalStateException("state " + numbers.last() + " of TLC is state " + number + " of the graph");
        }
        return number;
    }

    private int valueId(int variable, IValue value) {
        return valueIds.get(variable).computeIfAbsent(value.fingerPrint(FP64.New()),
                fingerprint -> graph.valueId(variable, values.convert(value)));
    }

    @Override
    public void writeState(TLCState state, TLCState successor, boolean isNew) {
        throw notOneWorker();
    }

    @Override
    public void writeState(TLCState state, TLCState successor, boolean isNew, Visualization visualization) {
        throw notOneWorker();
    }

    @Override
    public void writeState(TLCState state, TLCState successor, BitVector checks, int from, int length, boolean isNew) {
        throw notOneWorker();
    }

    @Override
    public void writeState(TLCState state, TLCState successor, BitVector checks, int from, int length, boolean isNew,
            Visualization visualization) {
        throw notOneWorker();
    }

    private IllegalStateException notOneWorker() {
        IllegalStateException e = new IllegalStateException("TLC hands out steps without their actions");
        failure = failure == null ? e : failure;
        return e;
    }
}
