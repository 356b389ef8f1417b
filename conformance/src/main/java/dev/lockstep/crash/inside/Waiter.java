package dev.lockstep.crash.inside;

import dev.lockstep.volume.Completion;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for what the volume tells a completion. Thread-safe. */
final class Waiter implements Completion {
    private final CompletableFuture<Void> told = new CompletableFuture<>();

    @Override
    public void ended() {
        told.complete(null);
    }

    @Override
    public void failed(IOException cause) {
        told.completeExceptionally(cause);
    }

    /**
     * Waits until it is told.
     *
     * @throws IOException if it has failed
     */
    void await() throws IOException {
        try {
            told.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }
}
