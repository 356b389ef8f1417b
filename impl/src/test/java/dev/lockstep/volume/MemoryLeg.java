package dev.lockstep.volume;

import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A leg in memory. */
public final class MemoryLeg implements Leg {
    private final String name;
    private final byte[] bytes;

    public MemoryLeg(String name, long length) {
        this.name = name;
        bytes = new byte[Math.toIntExact(length)];
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public synchronized void read(ByteBuffer into, long position) throws IOException {
        requireInside(into, position);
        into.put(bytes, (int) position, into.remaining());
    }

    @Override
    public synchronized void write(ByteBuffer from, long position) throws IOException {
        requireInside(from, position);
        from.get(bytes, (int) position, from.remaining());
    }

    private void requireInside(ByteBuffer buffer, long position) throws IOException {
        if (position < 0 || position > bytes.length - buffer.remaining()) {
            throw new IOException(name + ": " + buffer.remaining() + " bytes at " + position + " of " + bytes.length);
        }
    }

    @Override
    public Flush beginFlush() {
        return () -> { };
    }

    @Override
    public void close() {
        // Nothing to give back.
    }
}
