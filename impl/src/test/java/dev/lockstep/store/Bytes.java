package dev.lockstep.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Buffers for tests. */
final class Bytes {

    private Bytes() {
    }

    /** A direct buffer full of one byte. */
    static ByteBuffer direct(int length, int content) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        while (buffer.hasRemaining()) {
            buffer.put((byte) content);
        }
        return buffer.flip();
    }

    /** An array full of one byte. */
    static byte[] array(int length, int content) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) content);
        return bytes;
    }

    /** What a leg holds. */
    static byte[] read(Leg leg, int length, long position) throws IOException {
        byte[] bytes = new byte[length];
        leg.read(ByteBuffer.wrap(bytes), position);
        return bytes;
    }
}
