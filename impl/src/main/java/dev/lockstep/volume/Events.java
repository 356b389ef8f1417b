package dev.lockstep.volume;

import java.util.ArrayDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from where they happen, at once, and tells them to a listener one after the other on a thread of its own: so a
 * listener that takes its time, throws or uses the volume holds up nothing but the events after. Thread-safe.
 */
final class Events implements VolumeListener {
    private static final Logger LOG = LoggerFactory.getLogger(FileVolume.class);
    private static final int KEPT = 256;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor teller = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            this::thread);
    /** What has happened before there was anyone to tell; guarded by this, as are all below. */
    private final ArrayDeque<VolumeEvent> untold = new ArrayDeque<>();
    private VolumeListener listener;
    private Thread telling;

    Events() {
        teller.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "lockstep-volume-events");
        thread.setDaemon(true);
        synchronized (this) {
            telling = thread;
        }
        return thread;
    }

    /** From now on this one is told, and at first of what happened before there was any. */
    synchronized void listen(VolumeListener told) {
        listener = told;
        untold.forEach(this::tellLater);
        untold.clear();
    }

    @Override
    public synchronized void happened(VolumeEvent event) {
        if (listener != null) {
            tellLater(event);
        } else if (untold.size() < KEPT) {
            untold.add(event);
        }
    }

    private void tellLater(VolumeEvent event) {
        VolumeListener told = listener;
        if (!teller.isShutdown()) {
            teller.execute(() -> tell(told, event));
        }
    }

    private static void tell(VolumeListener told, VolumeEvent event) {
        try {
            told.happened(event);
        } catch (RuntimeException e) {
            LOG.warn("a listener has thrown on being told: {}", event.sentence(), e);
        }
    }

    /** Takes no more, and waits until the listener has been told all, unless it is the listener that asks; an interrupt stays pending. */
    void close() {
        teller.shutdown();
        boolean interrupted = false;
        while (!isTelling() && !teller.isTerminated()) {
            try {
                teller.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isTelling() {
        return Thread.currentThread() == telling;
    }
}
