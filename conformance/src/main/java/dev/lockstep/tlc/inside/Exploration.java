package dev.lockstep.tlc.inside;

import dev.lockstep.tlc.ExplorationSetting;
import dev.lockstep.trace.PartialGraph;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import tla2sany.semantic.OpDeclNode;
import tlc2.TLCGlobals;
import tlc2.output.EC;
import tlc2.tool.ModelChecker;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import tlc2.util.StatePoolReader;
import tlc2.util.StatePoolWriter;

/** Lets TLC visit the states of a model, breadth first, and keeps what its workers see. */
public final class Exploration implements Callable<PartialGraph> {
    private static final int MORE_THREADS = 64;
    private static final long BETWEEN_CALLS_MILLIS = 20;

    private final ExplorationSetting setting;
    private final long limit;
    private final int workers;

    /**
     * Prepares an exploration.
     *
     * @param setting what is explored, and where
     * @param limit   how many steps of a worker are enough
     * @param workers how many of TLC's workers explore, at the same time
     */
    public Exploration(ExplorationSetting setting, long limit, int workers) {
        this.setting = setting;
        this.limit = limit;
        this.workers = workers;
    }

    /**
     * Explores the model.
     *
     * @return the graph; null if TLC found nothing but an error. It is whole unless there were more steps than are enough, or
     *     TLC found an error, which it has printed then
     * @throws IllegalArgumentException if the spec is one that no graph can be made of; the message is a sentence for
     *     the user
     * @throws Exception if anything else fails
     */
    @Override
    public PartialGraph call() throws Exception {
        Session.prepare(setting.output());
        TLCGlobals.setNumWorkers(workers);
        GraphWriter writer = null;
        int code;
        try {
            FastTool tool = Session.read(setting);
            refuseReductions(tool);
            StateNumbers numbers = new StateNumbers();
            writer = new GraphWriter(variables(TLCState.Empty.getVars()), numbers, setting.cancelled(), limit);
            ModelChecker checker = new ModelChecker(tool, setting.states().toString(), writer, false, null,
                    CompletableFuture.completedFuture(numbers), System.currentTimeMillis());
            TLCGlobals.mainChecker = checker;
            try {
                code = checker.modelCheck();
            } finally {
                endQueue(checker);
            }
        } catch (UnfitSpec e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            Session.print(e);
            code = EC.GENERAL;
        }
        if (writer == null) {
            return null;
        }
        if (writer.failure() instanceof UnfitSpec unfit) {
            throw unfit;
        }
        if (writer.failure() != null && !writer.enough()) {
            throw new IllegalStateException("TLC's states make no graph: " + writer.failure(), writer.failure());
        }
        return writer.graph(code == EC.NO_ERROR);
    }

    /**
     * Waits for the threads that move TLC's queue to files and back: an exploration that was cut off leaves them at work, and
     * where they find the files gone, they end the JVM.
     */
    static void endQueue(ModelChecker checker) throws InterruptedException {
        checker.theStateQueue.finishAll();
        Thread[] threads = new Thread[Thread.activeCount() + MORE_THREADS];
        int count = Thread.enumerate(threads);
        for (Thread thread : Arrays.copyOf(threads, count)) {
            // Those of another exploration are of a class of another loader.
            while (thread.isAlive() && (thread instanceof StatePoolReader || thread instanceof StatePoolWriter)) {
                // One that was told before it began to wait has not heard it.
                synchronized (thread) {
                    thread.notifyAll();
                }
                thread.join(BETWEEN_CALLS_MILLIS);
            }
        }
    }

    /** Under symmetry or a view, TLC hands out successors that are not among the states that it keeps. */
    private void refuseReductions(FastTool tool) {
        if (tool.hasSymmetry() || tool.getViewSpec() != null) {
            throw new UnfitSpec(setting.configuration() + ".cfg has a SYMMETRY or a VIEW: a graph of all states was expected");
        }
    }

    /** TLC has the variables in no particular order: here they come as they are declared, by module and place. */
    private static List<OpDeclNode> variables(OpDeclNode[] declared) {
        return Arrays.stream(declared).sorted(Comparator.comparing((OpDeclNode node) -> node.getLocation().source())
                .thenComparing(node -> node.getLocation().beginLine())
                .thenComparing(node -> node.getLocation().beginColumn())).toList();
    }
}
