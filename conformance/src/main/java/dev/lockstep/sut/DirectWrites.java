package dev.lockstep.sut;

import dev.lockstep.volume.Completion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The writes past the page cache that are in flight, discards included, by their slots in Mirror.tla: what the application
 * knows of them. Not thread-safe.
 */
final class DirectWrites {
    private static final int NO_NUMBER = -1;

    /** In the order in which they were begun. */
    private final Map<Integer, DirectWrite> inFlight = new LinkedHashMap<>();

    /** One of them. */
    static final class DirectWrite {
        /** The block that it writes. */
        final int block;
        /** The application's memory, from index 0 on; null for a discard. */
        final ByteBuffer memory;
        private int number = NO_NUMBER;

        private DirectWrite(int block, ByteBuffer memory) {
            this.block = block;
            this.memory = memory;
        }
    }

    /** How the volume is given one. */
    @FunctionalInterface
    interface Taking {
        int take(Completion ended) throws IOException;
    }

    /** Has the volume take a write into a slot, which it keeps until it has ended. */
    void begin(int slot, int block, ByteBuffer memory, Taking taking) throws IOException {
        DirectWrite begun = new DirectWrite(block, memory);
        inFlight.put(slot, begun);
        begun.number = taking.take(Completion.of(() -> inFlight.remove(slot, begun)));
    }

    /** The slot of the write that was begun first of those in flight, or -1. */
    int first() {
        return inFlight.isEmpty() ? NO_NUMBER : inFlight.keySet().iterator().next();
    }

    /** The write in a slot, or null. */
    DirectWrite in(int slot) {
        return inFlight.get(slot);
    }

    /** The volume's number of the write in a slot, or -1. */
    int numberOf(int slot) {
        DirectWrite write = in(slot);
        return write == null ? NO_NUMBER : write.number;
    }

    /** Forgets everything, as a crash does. */
    void clear() {
        inFlight.clear();
    }
}
