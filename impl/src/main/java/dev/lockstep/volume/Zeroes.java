package dev.lockstep.volume;

import java.nio.ByteBuffer;

/** The memory that a discard is written from: zeros, which nobody changes. There is none before the first. Thread-safe. */
final class Zeroes {
    private static final int MOST = 256 << 10;

    private ByteBuffer zeroes;

    /** Read-only zeros, as many as are wanted or else as many as there are, in which case they are to be used again. */
    synchronized ByteBuffer ofAtMost(int bytes) {
        int wanted = Math.min(bytes, MOST);
        if (zeroes == null || zeroes.capacity() < wanted) {
            zeroes = ByteBuffer.allocateDirect(wanted).asReadOnlyBuffer();
        }
        return zeroes.duplicate().limit(wanted);
    }
}
