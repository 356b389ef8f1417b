package dev.lockstep.volume;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a task where it comes up: a thread that waits for something, or is running a task, runs what follows itself; what
 * another thread asks for goes to a thread of the pool. A hop between threads costs more than a small write does.
 *
 * <p>Tasks are queued and not nested, so that ever so many that follow from each other need no deep stack. Thread-safe.
 */
final class CallerOrPool implements Executor, Closeable {
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;
    /** The tasks that a thread has yet to run; none if it is not running any. */
    private final ThreadLocal<ArrayDeque<Runnable>> running = new ThreadLocal<>();

    /** A pool of at most so many threads, which end when they have nothing to do and do not keep the process alive. */
    CallerOrPool(int threads) {
        pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named());
        pool.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory named() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "lockstep-volume-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Something that is asked of a volume. */
    @FunctionalInterface
    interface Asking {
        void ask() throws IOException;
    }

    /**
     * Asks for something, and then runs in this thread what follows.
     *
     * @throws IOException           what the asking throws
     * @throws IllegalStateException if this thread is running a task: it would wait for itself
     */
    void here(Asking asking) throws IOException {
        requireOutside();
        ArrayDeque<Runnable> mine = new ArrayDeque<>();
        running.set(mine);
        try {
            asking.ask();
        } finally {
            runAll(mine);
        }
    }

    void requireOutside() {
        if (running.get() != null) {
            throw new IllegalStateException("a completion may not wait for a volume, which waits for the completion to return");
        }
    }

    @Override
    public void execute(Runnable task) {
        ArrayDeque<Runnable> mine = running.get();
        if (mine != null) {
            mine.add(task);
        } else {
            pool.execute(() -> {
                ArrayDeque<Runnable> first = new ArrayDeque<>();
                first.add(task);
                running.set(first);
                runAll(first);
            });
        }
    }

    private void runAll(ArrayDeque<Runnable> mine) {
        try {
            for (Runnable next = mine.poll(); next != null; next = mine.poll()) {
                next.run();
            }
        } finally {
            running.remove();
        }
    }

    /** Takes no more tasks from threads that run none. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
