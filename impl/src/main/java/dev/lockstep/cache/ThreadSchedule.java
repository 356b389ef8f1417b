package dev.lockstep.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The computer's own clock, and one thread, which does not keep the process alive. It is never interrupted. Thread-safe. */
public final class ThreadSchedule implements Schedule {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadSchedule.class);

    private final ScheduledThreadPoolExecutor executor;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** A schedule with a thread of its own, which {@link #close} ends. */
    public ThreadSchedule() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "lockstep-daemons");
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void every(Duration period, Runnable task) {
        executor.scheduleWithFixedDelay(logging(task), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            executor.schedule(logging(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("not scheduled, as the schedule is closed", e);
        }
    }

    /** An executor forgets a periodic task that has thrown. */
    private static Runnable logging(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a daemon's task has thrown", e);
            }
        };
    }

    @Override
    public void close() {
        executor.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                // The executor has ended a little before its thread has.
                for (Thread thread : threads) {
                    thread.join();
                }
                ended = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
