package dev.lockstep.cache;

import java.time.Duration;

/** A clock, and what is to happen by it. Given to {@link Daemons}, so that a test can have time go by as it likes. Thread-safe. */
public interface Schedule extends AutoCloseable {

    /** {@return the time, in nanoseconds since some instant, as {@link System#nanoTime} gives it} */
    long nanos();

    /**
     * Has a task run again and again: first after one period, and a period after each end. What it throws keeps it from no later
     * run.
     *
     * @param period how long a period is, more than nothing
     * @param task   what to run
     */
    void every(Duration period, Runnable task);

    /**
     * Has a task run once. Nothing happens if this is closed before.
     *
     * @param delay how long from now
     * @param task  what to run
     */
    void after(Duration delay, Runnable task);

    /**
     * Has nothing run any more. When it returns nothing runs; an interrupt does not cut the wait short, and stays pending. Closing
     * twice does nothing. A task may not close its schedule.
     */
    @Override
    void close();
}
