package dev.lockstep.tlc;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Runs something inside TLC: in a thread that can be given up, with classes of its own, with its output in a file. */
final class IsolatedRun {
    private static final long LAST_WORDS_MILLIS = 5_000;

    private IsolatedRun() {
    }

    /** Makes what is to be run. */
    interface Task<T> {
        Callable<T> in(IsolatedLoader loader, PrintStream output, BooleanSupplier cancelled);
    }

    /**
     * Runs a task.
     *
     * @param watchdog how long it may take
     * @throws TlcException if it takes longer (and is told to stop, and left alone if it does not), or this thread is
     *     interrupted
     * @throws ExecutionException what the task threw
     */
    static <T> T run(Model model, WorkFolder folder, Duration watchdog, Task<T> task) throws ExecutionException {
        try (IsolatedLoader loader = IsolatedLoader.create()) {
            return run(loader, model, folder, watchdog, task);
        }
    }

    /**
     * Runs a task with classes that other tasks have used or will use: one at a time, and none after one that was given
     * up.
     */
    static <T> T run(IsolatedLoader loader, Model model, WorkFolder folder, Duration watchdog, Task<T> task)
            throws ExecutionException {
        // TLC exports its set of states by RMI, which would look up the name of this host and may wait for that.
        System.getProperties().putIfAbsent("java.rmi.server.hostname", "127.0.0.1");
        AtomicBoolean cancelled = new AtomicBoolean();
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(folder.output()));
                PrintStream output = new PrintStream(file, false, StandardCharsets.UTF_8)) {
            FutureTask<T> running = new FutureTask<>(task.in(loader, output, cancelled::get));
            Thread thread = new Thread(running, "lockstep-tlc-" + model.name());
            // TLC's own threads inherit it: none of them may keep the JVM from ending.
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            thread.start();
            try {
                return running.get(watchdog.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new TlcException("model " + model.name() + ": TLC did not end within "
                        + watchdog.toMillis() / 1000.0 + " seconds and was given up", e);
            } finally {
                cancelled.set(true);
                thread.interrupt();
                thread.join(LAST_WORDS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TlcException("model " + model.name() + ": TLC was interrupted", e);
        } catch (IOException e) {
            throw new TlcException("model " + model.name() + ": TLC's output cannot be kept: " + e.getMessage(), e);
        }
    }
}
