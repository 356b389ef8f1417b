package dev.lockstep.volume;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something long that is done to an open volume region by region, beside its users: a {@link Resyncer} or a {@link Scrub}. It can
 * be throttled, paused and stopped at any time, each of which takes effect before the next region.
 *
 * <p>Either its owner {@linkplain #step steps} it, by whatever clock it was given, or a daemon thread does, once
 * {@linkplain #start started}. It ends when there is nothing left to do, when it is stopped, when the volume is closed, which
 * waits for the region under way, or when the volume fails.
 *
 * <p>Thread-safe; no two threads do its work at a time.
 */
public abstract class PacedTask {
    /** What {@link #step} returns when the task has ended. */
    public static final long ENDED = -1;
    /** What it returns while the task is paused: nobody can say how long. */
    public static final long PAUSED = Long.MAX_VALUE;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(PacedTask.class);

    private final Pace pace;
    private final Object working = new Object();
    /** Guarded by this, as are all below. */
    private boolean paused;
    private boolean ended;
    private boolean started;
    private Exception failure;

    PacedTask(long bytesPerSecond, LongSupplier nanoTime) {
        this.pace = new Pace(bytesPerSecond, nanoTime);
    }

    /**
     * Does one region.
     *
     * @return how many bytes were read or written for it, which is what the pace is about; or {@link #ENDED} if there was nothing
     *         left to do, or the volume is closed
     */
    abstract long region() throws IOException;

    /** The task ends, and not because of a failure; called once, while no region is under way. */
    abstract void atEnd() throws IOException;

    /** {@return how far it has come} */
    public abstract TaskProgress progress();

    /**
     * Does the next region in the caller's thread, if the pace allows and the task is not paused, and waits until that is done.
     *
     * @return how long to wait before the next call, in nanoseconds, 0 for not at all; {@link #PAUSED}; or {@link #ENDED}
     * @throws IOException           if the volume or a leg fails: the task has then ended
     * @throws IllegalStateException if it is called from a completion
     */
    public final long step() throws IOException {
        synchronized (working) {
            long wait = untilDue();
            if (wait != 0) {
                return wait;
            }
            try {
                long bytes = region();
                if (bytes == ENDED) {
                    atEnd();
                    ended(null);
                } else {
                    pace.used(bytes);
                }
            } catch (IOException | RuntimeException e) {
                ended(e);
                throw e;
            }
            return untilDue();
        }
    }

    private synchronized long untilDue() {
        return ended ? ENDED : paused ? PAUSED : pace.delay();
    }

    private synchronized void ended(Exception why) {
        ended = true;
        failure = why;
        notifyAll();
    }

    /**
     * Changes how fast it may go, from now on.
     *
     * @param bytesPerSecond how many bytes it may read or write a second, on the average over regions, each leg counted; 0 for no limit
     * @throws IllegalArgumentException if that is less than 0
     */
    public final synchronized void bytesPerSecond(long bytesPerSecond) {
        pace.set(bytesPerSecond);
        notifyAll();
    }

    /** Does no more until it is {@linkplain #resume resumed}; the region under way is done. */
    public final synchronized void pause() {
        paused = true;
    }

    /** Goes on after a pause. */
    public final synchronized void resume() {
        paused = false;
        notifyAll();
    }

    /**
     * Ends the task when the region under way is done, and waits for that. A task that has ended stays as it is.
     *
     * @throws IOException           if the volume or a leg fails
     * @throws IllegalStateException if it is called from a completion
     */
    public final void stop() throws IOException {
        pause();
        synchronized (working) {
            if (!hasEnded()) {
                try {
                    atEnd();
                    ended(null);
                } catch (IOException | RuntimeException e) {
                    ended(e);
                    throw e;
                }
            }
        }
    }

    /** {@return whether it has ended} */
    public final synchronized boolean hasEnded() {
        return ended;
    }

    /**
     * Has a daemon thread do the work from now on.
     *
     * @throws IllegalStateException if one does already
     */
    public final synchronized void start() {
        if (started) {
            throw new IllegalStateException("the task was started already");
        }
        started = true;
        Thread thread = new Thread(this::run, "lockstep-volume-task");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (step() != ENDED) {
                awaitDue();
            }
        } catch (IOException | RuntimeException e) {
            // Whoever waits is told, and else the log.
            LOG.warn("a task over a volume has ended early", e);
        }
    }

    private synchronized void awaitDue() {
        for (long wait = untilDue(); wait > 0; wait = untilDue()) {
            long longest = wait == PAUSED ? 0 : wait / NANOS_PER_MILLI + 1;
            try {
                wait(longest);
            } catch (InterruptedException e) {
                // The thread is the task's own: there is nobody to interrupt it for.
                LOG.debug("an interrupt of a task over a volume has no effect", e);
            }
        }
    }

    /**
     * Waits until the task has ended. An interrupt does not cut the wait short, and stays pending.
     *
     * @throws IOException if it ended because the volume or a leg failed, or was cut short by what a listener has thrown
     */
    public final synchronized void await() throws IOException {
        boolean interrupted = false;
        while (!ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IOException("the task was cut short: " + failure.getMessage(), failure);
        }
    }
}
