package dev.lockstep.volume;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is under way, so that a volume is closed when nothing is. Thread-safe. */
final class Gate {
    /** Added once when it is closed, so that the number is negative from then on. */
    private static final long CLOSED = Long.MIN_VALUE;

    private final AtomicLong inside = new AtomicLong();

    /** Lets something in, which has to {@link #leave} once. */
    void enter() throws IOException {
        if (!tryEnter()) {
            throw new IOException("the volume is closed");
        }
    }

    /** Lets something in as {@link #enter} does; false if it is closed. */
    boolean tryEnter() {
        long now = inside.get();
        while (now >= 0) {
            if (inside.compareAndSet(now, now + 1)) {
                return true;
            }
            now = inside.get();
        }
        return false;
    }

    void leave() {
        if (inside.decrementAndGet() == CLOSED) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Lets nothing more in and waits until nothing is inside, interrupts notwithstanding; false if it was closed before. */
    synchronized boolean close() {
        boolean first = inside.getAndUpdate(now -> now < 0 ? now : now + CLOSED) >= 0;
        boolean interrupted = false;
        while (inside.get() != CLOSED) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return first;
    }
}
