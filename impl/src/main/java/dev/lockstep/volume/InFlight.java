package dev.lockstep.volume;

import java.nio.ByteBuffer;

/** A write in flight, or a discard, which is a write of zeros: the shell's side of it. Thread-safe but for what is said to be guarded. */
final class InFlight {
    private final long position;
    private final int length;
    private final ByteBuffer memory;
    private final boolean discard;
    private final boolean copied;
    private final Completion ended;
    /** The legs that are being written, a bit each. Guarded by the shell's lock. */
    int writing;

    /**
     * A write.
     *
     * @param position where it goes, in bytes
     * @param length   how long it is, in bytes
     * @param memory   what the legs read: the caller's own memory, a copy, or zeros; over again where it is shorter than the write
     * @param discard  whether it is a discard
     * @param copied   whether the memory is a copy, to be given back at the end
     * @param ended    whom to tell
     */
    InFlight(long position, int length, ByteBuffer memory, boolean discard, boolean copied, Completion ended) {
        this.position = position;
        this.length = length;
        this.memory = memory;
        this.discard = discard;
        this.copied = copied;
        this.ended = ended;
    }

    long position() {
        return position;
    }

    int length() {
        return length;
    }

    ByteBuffer memory() {
        return memory;
    }

    boolean discard() {
        return discard;
    }

    boolean copied() {
        return copied;
    }

    Completion ended() {
        return ended;
    }
}
