package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The seam of a {@link FileVolume}: a step is run where it comes up. A thread that waits for something, or is running a step, runs
 * what follows itself; what another thread asks for goes to a thread of the pool. A hop between threads costs more than a small
 * write does.
 *
 * <p>Steps are queued and not nested, so that ever so many that follow from each other need no deep stack. It has no source in the specification,
 * which says which steps can be made and not by which thread. Thread-safe.
 */
public final class CallerOrPool implements Steps, Closeable {
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool;
    private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();

    /** What a thread has yet to run, while it runs anything. */
    static final class Turn {
        /** The first, which most often is the only one; null if there is none. */
        private Runnable first;
        private final ArrayDeque<Runnable> others = new ArrayDeque<>();
        private boolean running;

        void add(Runnable body) {
            if (first == null) {
                first = body;
            } else {
                others.add(body);
            }
        }

        Runnable poll() {
            Runnable next = first;
            if (next != null) {
                first = others.poll();
            }
            return next;
        }
    }

    /**
     * A pool of at most so many threads, which end when they have nothing to do and do not keep the process alive.
     *
     * @param threads how many, at least 1
     */
    public CallerOrPool(int threads) {
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
    public interface Asking {
        /**
         * Asks.
         *
         * @throws IOException what the volume throws
         */
        void ask() throws IOException;
    }

    /**
     * Asks for something, and then runs in this thread what follows.
     *
     * @param asking asks for it
     * @throws IOException           what the asking throws
     * @throws IllegalStateException if this thread is running a step
     */
    public void here(Asking asking) throws IOException {
        here(outside(), asking);
    }

    /** As above, of a thread whose turn was looked up. */
    void here(Turn turn, Asking asking) throws IOException {
        turn.running = true;
        try {
            asking.ask();
        } finally {
            runAll(turn);
        }
    }

    /**
     * {@return this thread's turn, in which it runs nothing}
     *
     * @throws IllegalStateException if it is running a step: it would wait for itself
     */
    Turn outside() {
        Turn turn = turns.get();
        if (turn.running) {
            throw new IllegalStateException("a completion may not wait for a volume, which waits for the completion to return");
        }
        return turn;
    }

    @Override
    public boolean followsAtOnce() {
        return turns.get().running;
    }

    @Override
    public void offer(Step step, Runnable body) {
        Turn turn = turns.get();
        if (turn.running && !isLong(step)) {
            turn.add(body);
        } else {
            pool.execute(() -> {
                Turn another = turns.get();
                another.running = true;
                another.add(body);
                runAll(another);
            });
        }
    }

    /** The flushes of a round go on at the same time: that of the first leg where the round was begun, the others beside it. */
    private static boolean isLong(Step step) {
        return step.action() == Action.LEG_FLUSH_END && step.first() > 0;
    }

    private void runAll(Turn turn) {
        for (Runnable next = turn.poll(); next != null; next = turn.poll()) {
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                // The volume has stopped, and whoever waits was told; close() tells what it was.
                thrown.compareAndSet(null, e);
            }
        }
        turn.running = false;
    }

    /**
     * Takes no more steps from threads that run none, and waits until those of the pool have run. An interrupt does not cut the
     * wait short, and stays pending.
     *
     * @throws IllegalStateException if a step has thrown something, which is the cause, and this is the first close
     */
    @Override
    public void close() {
        pool.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable first = thrown.getAndSet(null);
        if (first != null) {
            throw new IllegalStateException("a step was cut short: " + first, first);
        }
    }
}
