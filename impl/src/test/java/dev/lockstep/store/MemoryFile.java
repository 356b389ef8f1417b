package dev.lockstep.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A file in memory that transfers as little, and fails as much, as a test asks for; it records what it was told. */
class MemoryFile implements RawFile {

    /** What to do in the place of a device. */
    @FunctionalInterface
    interface Device {
        void run() throws IOException;
    }

    final byte[] bytes;
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    /** The most bytes that one call transfers. */
    volatile int atMost = Integer.MAX_VALUE;
    volatile Device beforeWrite = () -> { };
    volatile Device beforeRead = () -> { };
    volatile Device beforeForce = () -> { };
    /** The length that reads find, should the file have shrunk. */
    volatile int end;
    private volatile boolean closed;

    MemoryFile(int length) {
        bytes = new byte[length];
        end = length;
    }

    FileLeg leg() {
        return new FileLeg("leg0", this, bytes.length, Access.READ_WRITE);
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        enter("read " + into.remaining() + " at " + position);
        beforeRead.run();
        if (position >= end) {
            return -1;
        }
        int count = (int) Math.min(Math.min(into.remaining(), atMost), end - position);
        into.put(bytes, (int) position, count);
        return count;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        enter("write " + from.remaining() + " at " + position);
        beforeWrite.run();
        int count = Math.min(from.remaining(), atMost);
        from.get(bytes, (int) position, count);
        return count;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        enter(metadata ? "force all" : "force");
        beforeForce.run();
    }

    @Override
    public void close() {
        calls.add("close");
        closed = true;
    }

    private void enter(String call) throws ClosedChannelException {
        calls.add(call);
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    /** A device that answers with an error. */
    static Device broken(String words) {
        return () -> {
            throw new IOException(words);
        };
    }
}
