package dev.lockstep.volume;

import dev.lockstep.region.Step;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The seam running free: every step is given to an executor at once, which runs it when it has a thread for it.
 *
 * <p>It counts what was offered and has not run, steps that were offered by steps included, so that its owner can wait
 * until the volume has come to rest. What a step throws ({@link Steps#offer} says when) is kept and told to whoever waits.
 *
 * <p>Thread-safe. Only a thread that is not running a step may wait or close, as a step would wait for itself.
 */
public final class ThreadSteps implements Steps, AutoCloseable {
    private final Executor executor;
    private final Runnable shutdown;
    private final Object lock = new Object();

    /** Guarded by the lock, as are all below. */
    private long outstanding;
    private boolean closed;
    private Throwable thrown;

    /**
     * Steps on threads of their own, which {@link #close} ends. They do not keep the process alive.
     *
     * @param threads how many, at least 1
     */
    public ThreadSteps(int threads) {
        ExecutorService pool = pool(threads);
        executor = pool;
        shutdown = pool::shutdown;
    }

    /**
     * Steps on an executor that stays the caller's. One that runs a task where it is ({@code Runnable::run}) will do: an
     * offer then returns when all that follows from it is done, and a long chain of steps, each inside the one before, needs a deep stack.
     *
     * @param executor runs every task that it takes, once
     */
    public ThreadSteps(Executor executor) {
        this.executor = executor;
        shutdown = () -> { };
    }

    private static ExecutorService pool(int threads) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "lockstep-step-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Gives a step to the executor.
     *
     * @throws RejectedExecutionException if this is closed, or the executor refuses
     */
    @Override
    public void offer(Step step, Runnable body) {
        synchronized (lock) {
            if (closed) {
                throw new RejectedExecutionException(step + " was offered to a seam that is closed");
            }
            outstanding++;
        }
        try {
            executor.execute(() -> run(body));
        } catch (RejectedExecutionException e) {
            done();
            throw e;
        }
    }

    // What is thrown is told by await(); on a thread of a pool it would be told to no one.
    private void run(Runnable body) {
        try {
            body.run();
        } catch (RuntimeException | Error e) {
            synchronized (lock) {
                thrown = thrown == null ? e : thrown;
            }
        } finally {
            done();
        }
    }

    private void done() {
        synchronized (lock) {
            outstanding--;
            lock.notifyAll();
        }
    }

    /**
     * Waits until every step that was offered has run, those included that are offered meanwhile. An interrupt does not cut
     * the wait short, and stays pending.
     *
     * @throws IllegalStateException if a step has thrown something, which is the cause
     */
    public void await() {
        synchronized (lock) {
            awaitRest();
            tell();
        }
    }

    /**
     * Waits as {@link #await} does, and then takes no more. Closing again does nothing.
     *
     * @throws IllegalStateException if a step has thrown something and this was not told before; it is closed all the same
     */
    @Override
    public void close() {
        synchronized (lock) {
            awaitRest();
            closed = true;
            shutdown.run();
            tell();
        }
    }

    private void awaitRest() {
        boolean interrupted = false;
        while (outstanding > 0) {
            try {
                lock.wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells once what was thrown: a close after a wait must not hide, or repeat, what the wait has told. */
    private void tell() {
        Throwable told = thrown;
        thrown = null;
        if (told != null) {
            throw new IllegalStateException("a step was cut short: " + told, told);
        }
    }
}
