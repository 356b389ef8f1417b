package dev.lockstep.volume;

import java.io.IOException;

/** Counts what is under way, so that a volume is closed when nothing is. Thread-safe. */
final class Gate {
    private long inside;
    private boolean closed;

    /** Lets something in, which has to {@link #leave} once. */
    void enter() throws IOException {
        if (!tryEnter()) {
            throw new IOException("the volume is closed");
        }
    }

    /** Lets something in as {@link #enter} does; false if it is closed. */
    synchronized boolean tryEnter() {
        if (!closed) {
            inside++;
        }
        return !closed;
    }

    synchronized void leave() {
        inside--;
        if (inside == 0) {
            notifyAll();
        }
    }

    /** Lets nothing more in and waits until nothing is inside, interrupts notwithstanding; false if it was closed before. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        boolean interrupted = false;
        while (inside > 0) {
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
