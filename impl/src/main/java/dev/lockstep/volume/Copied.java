package dev.lockstep.volume;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a caller's memory held when {@link Volume#copy} was called, for one write: the legs are written from this, whatever becomes of the memory.
 * Spec action {@code CopyPage}, where the memory is a page of a cache. Thread-safe.
 */
public final class Copied {
    private final ByteBuffer held;
    private final int length;
    private final AtomicReference<ByteBuffer> unused;

    Copied(ByteBuffer held) {
        this.held = held;
        this.length = held.remaining();
        this.unused = new AtomicReference<>(held);
    }

    /** {@return what was copied, read-only} To be looked at only until the write that it was made for has ended: its memory is used again. */
    public ByteBuffer held() {
        return held.asReadOnlyBuffer();
    }

    /** {@return how much was copied, in bytes} */
    public int length() {
        return length;
    }

    /** The memory, for the one write that it was copied for. */
    ByteBuffer use() {
        ByteBuffer memory = unused.getAndSet(null);
        if (memory == null) {
            throw new IllegalStateException("a copy of a caller's memory is for one write, and this one has been submitted");
        }
        return memory;
    }
}
