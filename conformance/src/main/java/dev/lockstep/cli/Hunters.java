package dev.lockstep.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs tasks some at a time, and leaves nothing of them behind: neither when one fails, nor when this thread is interrupted. */
final class Hunters {
    private Hunters() {
    }

    /**
     * Runs tasks to their ends.
     *
     * @param threads how many at a time, at least 1
     * @return what they return, in the order in which they are given
     * @throws IOException if one of them throws it, or this thread is interrupted (and is so again)
     */
    static <T> List<T> run(int threads, List<Callable<T>> tasks) throws IOException {
        ExecutorService hunters = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> hunts = new ArrayList<>();
            tasks.forEach(task -> hunts.add(hunters.submit(task)));
            List<T> found = new ArrayList<>();
            for (Future<T> hunt : hunts) {
                found.add(hunt.get());
            }
            return found;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            end(hunters);
        }
    }

    private static void end(ExecutorService hunters) {
        hunters.shutdownNow();
        boolean interrupted = Thread.interrupted();
        while (!hunters.isTerminated()) {
            try {
                hunters.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
