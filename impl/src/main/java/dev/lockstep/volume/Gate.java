package dev.lockstep.volume;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what is under way, so that a volume is closed when nothing is. Thread-safe.
 *
 * <p>There are several counters, apart in memory, so that two threads that go in and out at the same time seldom need the same one: the
 * processors would hand it to and fro for longer than a small write takes otherwise.
 */
final class Gate {
    /** Added once to each counter when it is closed, so that all are negative from then on. */
    private static final long CLOSED = Long.MIN_VALUE;
    private static final int COUNTERS = 16;
    /** Two cache lines of 64 bytes, as processors fetch them in pairs. */
    private static final int APART = 16;

    private final AtomicLongArray inside = new AtomicLongArray(COUNTERS * APART);

    /**
     * Lets something in.
     *
     * @return what has to be given to {@link #leave} once
     */
    int enter() throws IOException {
        int counter = tryEnter();
        if (counter < 0) {
            throw new IOException("the volume is closed");
        }
        return counter;
    }

    /** Lets something in as {@link #enter} does; negative if it is closed. */
    int tryEnter() {
        int counter = (int) (Thread.currentThread().getId() & COUNTERS - 1) * APART;
        long now = inside.get(counter);
        while (now >= 0) {
            if (inside.compareAndSet(counter, now, now + 1)) {
                return counter;
            }
            now = inside.get(counter);
        }
        return -1;
    }

    void leave(int counter) {
        if (inside.decrementAndGet(counter) == CLOSED) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Lets nothing more in and waits until nothing is inside, interrupts notwithstanding; false if it was closed before. */
    synchronized boolean close() {
        boolean first = false;
        for (int counter = 0; counter < inside.length(); counter += APART) {
            first |= inside.getAndUpdate(counter, now -> now < 0 ? now : now + CLOSED) >= 0;
        }
        boolean interrupted = false;
        while (!empty()) {
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

    /** Whether nothing is inside any more, once it is closed. */
    private boolean empty() {
        for (int counter = 0; counter < inside.length(); counter += APART) {
            if (inside.get(counter) != CLOSED) {
                return false;
            }
        }
        return true;
    }
}
