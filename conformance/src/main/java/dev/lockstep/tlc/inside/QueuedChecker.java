package dev.lockstep.tlc.inside;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import tlc2.tool.IWorker;
import tlc2.tool.ModelChecker;
import tlc2.tool.Worker;
import tlc2.tool.impl.FastTool;
import tlc2.tool.queue.IStateQueue;
import tlc2.util.NoopStateWriter;

/** TLC's model checker with one worker, and with another queue of states than its own. */
final class QueuedChecker extends ModelChecker {

    /**
     * Makes one.
     *
     * @param states an empty folder for TLC's states
     */
    QueuedChecker(FastTool tool, String states, IStateQueue queue) throws IOException, InterruptedException, ExecutionException,
            ReflectiveOperationException {
        super(tool, states, new NoopStateWriter(), false, null, CompletableFuture.completedFuture(new StateNumbers()),
                System.currentTimeMillis());
        // Its own has threads, which are to end with it.
        Exploration.endQueue(this);
        theStateQueue = queue;
        Field ofWorker = Worker.class.getDeclaredField("squeue");
        ofWorker.setAccessible(true);
        for (IWorker worker : workers) {
            ofWorker.set(worker, queue);
        }
    }
}
