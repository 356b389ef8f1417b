package dev.lockstep.volume;

import java.io.IOException;

/** A completion that a thread waits for. It is told once. Thread-safe. */
public final class Awaited implements Completion {
    private volatile boolean told;
    /** Whether a thread waits, or is about to look once more and then wait. */
    private volatile boolean waiting;
    private IOException failure;

    /** Not told yet. */
    public Awaited() {
    }

    @Override
    public void ended() {
        told = true;
        // Whoever did all the work itself does not wait, and to wake nobody up costs a call of the virtual machine.
        if (waiting) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    @Override
    public void failed(IOException cause) {
        failure = cause;
        ended();
    }

    /**
     * Waits until it is told. An interrupt does not cut the wait short, and stays pending.
     *
     * @throws IOException if it was told of a failure, which is the cause
     */
    public void await() throws IOException {
        if (!told) {
            awaitTelling();
        }
        if (failure != null) {
            // A new exception, so that its trace is the caller's.
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private synchronized void awaitTelling() {
        boolean interrupted = false;
        waiting = true;
        while (!told) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
