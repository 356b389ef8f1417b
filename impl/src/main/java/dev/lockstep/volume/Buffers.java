package dev.lockstep.volume;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Direct buffers that are used again: allocating one costs more than the copy it is for. A thread gets the one that it gave back, so that
 * it is in the cache of its processor; if that is too short, or is in use, another is made. Thread-safe.
 */
final class Buffers {
    private static final int KEPT = 16;
    /** A cache line. */
    private static final int APART = 16;

    private final AtomicReferenceArray<ByteBuffer> free = new AtomicReferenceArray<>(KEPT * APART);

    ByteBuffer take(int bytes) {
        ByteBuffer buffer = free.getAndSet(place(), null);
        if (buffer == null || buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes);
        }
        return buffer.clear().limit(bytes);
    }

    void give(ByteBuffer buffer) {
        free.set(place(), buffer);
    }

    private static int place() {
        return (int) (Thread.currentThread().getId() % KEPT) * APART;
    }
}
