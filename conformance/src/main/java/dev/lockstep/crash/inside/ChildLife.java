package dev.lockstep.crash.inside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The life of a {@link CrashChild}, wherever it runs: what it tells, and when its death comes: some time after it is ready, or, if that
 * is earlier, at its named point. Thread-safe.
 */
public final class ChildLife implements AutoCloseable {
    /** For a child that is to come to its end. */
    public static final long NEVER = TimeUnit.HOURS.toMicros(1);

    private static final long PATIENCE_SECONDS = 120;
    /** The first letters of the lines by which {@link Teller} tells that a write or a flush has ended. */
    private static final Set<String> ACKNOWLEDGEMENTS = Set.of("b", "d", "f");

    /** How a child dies: by SIGKILL, or as the power is cut. */
    @FunctionalInterface
    public interface Death {
        /**
         * Ends the child's life.
         *
         * @param countNoMore to be called before the power begins to go: what is acknowledged from then on does not count
         * @throws IOException if that fails
         */
        void come(Runnable countNoMore) throws IOException;
    }

    /**
     * What became of a child.
     *
     * @param lines   what it told, in order, without the acknowledgements that do not count
     * @param killed  whether its death came; else it had come to its end
     * @param atPoint whether it was at its named point
     * @param late    whether its death came only because it did not come to an end
     * @param voided  why this death does not count, as it was not the one that it was to be; empty if it counts
     * @param alive   how many of the lines were told before the power began to go; all, if it did not
     */
    public record Fate(List<String> lines, boolean killed, boolean atPoint, boolean late, String voided, int alive) {
        /** {@return whether this death counts} */
        public boolean counts() {
            return voided.isEmpty();
        }

        /**
         * {@return the same, of a death that does not count}
         *
         * @param why why not; empty if it counts
         */
        public Fate voided(String why) {
            return new Fate(lines, killed, atPoint, late, why, alive);
        }
    }

    private final ChildTask task;
    private final long afterReady;
    private final long usualStart;
    private final long start = System.nanoTime();
    private final Death death;
    private final ScheduledThreadPoolExecutor clock;
    private final List<String> lines = new ArrayList<>();
    private boolean counted = true;
    private int alive;
    private boolean begun;
    private boolean atPoint;
    private boolean late;
    private IOException failure;

    /**
     * A child that is about to be started.
     *
     * @param task       what it does
     * @param afterReady how long after it is ready its death comes, in microseconds, if it has not come to its point before
     * @param usualStart how long a child usually takes until it is ready, in microseconds: one that takes as many times longer has as
     *                   many times longer to live, so that it gets as far with its work on a machine that is slow or busy
     * @param death      how it dies
     */
    public ChildLife(ChildTask task, long afterReady, long usualStart, Death death) {
        this.task = task;
        this.afterReady = afterReady;
        this.usualStart = usualStart;
        this.death = death;
        this.clock = new ScheduledThreadPoolExecutor(1, run -> {
            Thread thread = new Thread(run, "crash-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        clock.schedule(() -> die(false, true), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * The child has told a line. What is told as begun counts always; what is told as ended, which is an acknowledgement, only until
     * the power begins to go.
     *
     * @param line the line
     */
    public synchronized void hear(String line) {
        if (counted || line.isEmpty() || !ACKNOWLEDGEMENTS.contains(line.substring(0, 1))) {
            lines.add(line);
        }
        if (begun) {
            return;
        }
        if (line.equals("R")) {
            long started = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
            clock.schedule(() -> die(false, false), afterReady * Math.max(1, started / usualStart), TimeUnit.MICROSECONDS);
        } else if (line.equals("P")) {
            clock.execute(() -> die(true, false));
        }
    }

    private void die(boolean there, boolean tooLate) {
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
            atPoint = there;
            late = tooLate;
        }
        try {
            death.come(this::countNoMore);
        } catch (IOException e) {
            synchronized (this) {
                failure = e;
            }
        }
    }

    private synchronized void countNoMore() {
        alive = lines.size();
        counted = false;
    }

    /**
     * The child is no more, and all that it told was heard. Waits until its death, if that has begun, has done its work.
     *
     * @param killed whether it was its death that ended it
     * @return its fate
     * @throws IOException if its death failed
     */
    public Fate over(boolean killed) throws IOException {
        close();
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            return new Fate(List.copyOf(lines), killed, atPoint, late, "", counted ? lines.size() : alive);
        }
    }

    /** No death comes any more; one that is under way is waited for. */
    @Override
    public void close() {
        synchronized (this) {
            begun = true;
        }
        // Drops what is only scheduled (setExecuteExistingDelayedTasksAfterShutdownPolicy), and lets what runs come to its end.
        clock.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
