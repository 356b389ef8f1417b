package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A completion that keeps what it was told, and how often. */
public final class Told implements Completion {
    private static final long LONGEST_SECONDS = 60;

    private final Runnable atEnd;
    private final CountDownLatch told = new CountDownLatch(1);
    private int times;
    private IOException cause;

    public Told() {
        this(() -> { });
    }

    /** Does something more when it is told of an end. */
    public Told(Runnable atEnd) {
        this.atEnd = atEnd;
    }

    @Override
    public void ended() {
        tell(null);
        atEnd.run();
    }

    @Override
    public void failed(IOException why) {
        tell(why);
    }

    private synchronized void tell(IOException why) {
        times++;
        cause = why;
        told.countDown();
    }

    public synchronized boolean hasEnded() {
        return times == 1 && cause == null;
    }

    public synchronized boolean hasFailed() {
        return times == 1 && cause != null;
    }

    public synchronized int times() {
        return times;
    }

    public synchronized IOException cause() {
        return cause;
    }

    /** Waits to be told; throws what went wrong. */
    public void await() throws IOException {
        try {
            assertThat(told.await(LONGEST_SECONDS, TimeUnit.SECONDS)).as("it is told").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        IOException why = cause();
        if (why != null) {
            throw new IOException("it has failed", why);
        }
    }
}
