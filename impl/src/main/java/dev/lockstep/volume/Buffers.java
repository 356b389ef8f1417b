package dev.lockstep.volume;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Direct buffers that are used again: allocating one costs more than the copy it is for. A thread gets the one that it gave back, if it
 * can, as that is in the cache of its processor. Thread-safe.
 */
final class Buffers {
    private static final int KEPT = 16;
    /** How many references are as long as a cache line, at least. */
    private static final int APART = 16;

    private final AtomicReferenceArray<ByteBuffer> own = new AtomicReferenceArray<>(KEPT * APART);
    /** Those of threads that use several at a time, and of threads that share a place; guarded by itself. */
    private final ArrayDeque<ByteBuffer> others = new ArrayDeque<>();

    ByteBuffer take(int bytes) {
        ByteBuffer buffer = own.getAndSet(place(), null);
        if (buffer == null) {
            synchronized (others) {
                buffer = others.poll();
            }
        }
        if (buffer == null || buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes);
        }
        return buffer.clear().limit(bytes);
    }

    void give(ByteBuffer buffer) {
        if (!own.compareAndSet(place(), null, buffer)) {
            synchronized (others) {
                if (others.size() < KEPT) {
                    others.push(buffer);
                }
            }
        }
    }

    private static int place() {
        return (int) (Thread.currentThread().getId() % KEPT) * APART;
    }
}
