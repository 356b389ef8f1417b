package dev.lockstep.cache;

import dev.lockstep.volume.Completion;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A sync() that a thread waits for, interrupts notwithstanding. Thread-safe. */
final class Synced implements Completion {
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile IOException failure;

    @Override
    public void ended() {
        told.countDown();
    }

    @Override
    public void failed(IOException cause) {
        failure = cause;
        told.countDown();
    }

    void await() throws IOException {
        boolean interrupted = false;
        while (told.getCount() > 0) {
            try {
                told.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IOException("what is page-dirty could not be written: " + failure.getMessage(), failure);
        }
    }
}
