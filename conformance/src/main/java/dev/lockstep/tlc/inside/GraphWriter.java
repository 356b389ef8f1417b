package dev.lockstep.tlc.inside;

import dev.lockstep.trace.GraphPiece;
import dev.lockstep.trace.PartialGraph;
import dev.lockstep.trace.PartialGraph.End;
import dev.lockstep.trace.StateGraph;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tla2sany.semantic.OpDeclNode;
import tlc2.tool.Action;
import tlc2.tool.TLCState;
import tlc2.util.BitVector;
import util.UniqueString;

/**
 * Receives every state and every transition from TLC, each worker's in notes of its own, and builds the graph of them. TLC swallows what
 * a state writer throws: the first such thing is kept, to be asked for. Thread-safe.
 */
final class GraphWriter extends StepHearer {
    private final List<String> variables;
    private final BooleanSupplier cancelled;
    private final long limit;
    private final List<WorkerNotes> all = new CopyOnWriteArrayList<>();
    private final ThreadLocal<WorkerNotes> own;
    private final Thread beginner = Thread.currentThread();
    private volatile boolean enough;
    private volatile Throwable failure;

    /**
     * Makes a writer, in the thread that has TLC begin.
     *
     * @param variables the spec's variables in the order that the graph is to have
     * @param cancelled tells when to give up
     * @param limit how many steps of a worker are enough
     */
    GraphWriter(List<OpDeclNode> variables, StateNumbers numbers, BooleanSupplier cancelled, long limit) {
        UniqueString[] names = variables.stream().map(OpDeclNode::getName).toArray(UniqueString[]::new);
        this.variables = Stream.of(names).map(UniqueString::toString).toList();
        this.cancelled = cancelled;
        this.limit = limit;
        this.own = ThreadLocal.withInitial(() -> {
            WorkerNotes notes = new WorkerNotes(names, numbers);
            all.add(notes);
            return notes;
        });
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
     * @param success whether TLC came to its end; else the states that its workers were at may lack steps. With one worker they are the
     *                last that were begun with; with several nothing is known of any
     */
    PartialGraph graph(boolean success) {
        StateGraph built = GraphPiece.joined(variables, all.stream().map(WorkerNotes::piece).toList());
        // The thread that begins has notes too, of the initial states.
        int expanded = all.size() > 2 ? 0 : all.stream().mapToInt(WorkerNotes::sourceNumber).max().orElse(0);
        return enough ? new PartialGraph(built, expanded, End.CUT)
                : success ? new PartialGraph(built, built.stateCount(), End.WHOLE) : new PartialGraph(built, expanded, End.BROKEN);
    }

    @Override
    public void writeState(TLCState state) {
        guarded(notes -> notes.initial(state));
    }

    @Override
    public void writeState(TLCState state, TLCState successor, boolean isNew, Action action) {
        if (Thread.currentThread() == beginner) {
            // A worker has failed, and TLC visits that state once more to say where: what it finds on the way was found before.
            return;
        }
        guarded(notes -> {
            if (notes.count() > limit) {
                enough = true;
                throw new CancellationException("these steps are enough");
            }
            notes.step(state, successor, isNew, action);
        });
    }

    private void guarded(Consumer<WorkerNotes> write) {
        if (failure != null) {
            throw new IllegalStateException("the graph is broken already", failure);
        }
        try {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("the exploration was given up");
            }
            write.accept(own.get());
        } catch (Throwable e) {
            fail(e);
            throw e;
        }
    }

    private synchronized void fail(Throwable e) {
        failure = failure == null ? e : failure;
    }

    @Override
    public void writeState(TLCState state, TLCState successor, boolean isNew) {
        throw withoutAction();
    }

    @Override
    public void writeState(TLCState state, TLCState successor, boolean isNew, Visualization visualization) {
        throw withoutAction();
    }

    @Override
    public void writeState(TLCState state, TLCState successor, BitVector checks, int from, int length, boolean isNew) {
        throw withoutAction();
    }

    @Override
    public void writeState(TLCState state, TLCState successor, BitVector checks, int from, int length, boolean isNew,
            Visualization visualization) {
        throw withoutAction();
    }

    private IllegalStateException withoutAction() {
        IllegalStateException e = new IllegalStateException("TLC hands out steps without their actions");
        fail(e);
        return e;
    }
}
