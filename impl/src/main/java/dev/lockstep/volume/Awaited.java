package dev.lockstep.volume;

import java.io.IOException;

/** A completion that a thread waits for. It is told once. Thread-safe. */
public final class Awaited implements Completion {
    private boolean told;
    private IOException failure;

    /** Not told yet. */
    public Awaited() {
    }

    @Override
    public synchronized void ended() {
        told = true;
        notifyAll();
    }

    @Override
    public synchronized void failed(IOException cause) {
        failure = cause;
        ended();
    }

    /**
     * Waits until it is told. An interrupt does not cut the wait short, and stays pending.
     *
     * @throws IOException if it was told of a failure, which is the cause
     */
    public synchronized void await() throws IOException {
        boolean interrupted = false;
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
        if (failure != null) {
            // A new exception, so that its trace is the caller's.
            throw new IOException(failure.getMessage(), failure);
        }
    }
}
