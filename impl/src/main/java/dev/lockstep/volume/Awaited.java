package dev.lockstep.volume;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A completion that a thread waits for. It is told once. Thread-safe. */
public final class Awaited implements Completion {
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile IOException failure;

    /** Not told yet. */
    public Awaited() {
    }

    @Override
    public void ended() {
        told.countDown();
    }

    @Override
    public void failed(IOException cause) {
        failure = cause;
        told.countDown();
    }

    /**
     * Waits until it is told. An interrupt does not cut the wait short, and stays pending.
     *
     * @throws IOException if it was told of a failure, which is the cause
     */
    public void await() throws IOException {
        boolean interrupted = false;
        while (true) {
            try {
                told.await();
                break;
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
