package dev.lockstep.volume;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Direct buffers that are used again: allocating one costs more than the copy it is for. Thread-safe. */
final class Buffers {
    private static final int KEPT = 16;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    synchronized ByteBuffer take(int bytes) {
        ByteBuffer buffer = free.poll();
        if (buffer == null || buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes);
        }
        return buffer.clear().limit(bytes);
    }

    synchronized void give(ByteBuffer buffer) {
        if (free.size() < KEPT) {
            free.push(buffer);
        }
    }
}
