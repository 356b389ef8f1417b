package dev.lockstep.cli;

import dev.lockstep.volume.FileVolume;
import java.io.IOException;

/**
 * Closes a volume when this process is told to end (Ctrl-C, SIGTERM): what is under way ends, and what may be marked clean is.
 * Without it nothing would be lost either, as after a kill; but regions in use would stay dirty.
 */
final class OrderlyStop implements AutoCloseable {
    private final FileVolume volume;
    private final Thread hook = new Thread(this::stop, "lockstep-stop");
    private volatile boolean stopping;

    private OrderlyStop(FileVolume volume) {
        this.volume = volume;
    }

    /** From now on, until it is closed. */
    static OrderlyStop of(FileVolume volume) {
        OrderlyStop stop = new OrderlyStop(volume);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    private void stop() {
        stopping = true;
        try {
            volume.close();
        } catch (IOException e) {
            // The process ends as after a kill, which the volume is made for.
            return;
        }
    }

    /** Does not come back while the process ends: what then fails, fails because of that. */
    void awaitEnd() {
        while (stopping) {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                // The process is about to end whatever this thread is told.
                Thread.yield();
            }
        }
    }

    @Override
    public void close() {
        awaitEnd();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            awaitEnd();
        }
    }
}
