package dev.lockstep.crash.inside;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A block device that is read and written past the page cache (O_DIRECT): what is read is on the device, and the device
 * reads the very memory that is written. Thread-safe.
 */
final class DirectDevice implements Closeable {
    /** What positions, lengths and memory are aligned to. */
    static final int PAGE = 4096;

    private final FileChannel channel;

    private DirectDevice(FileChannel channel) {
        this.channel = channel;
    }

    static DirectDevice toRead(Path device) throws IOException {
        return new DirectDevice(FileChannel.open(device, Set.of(StandardOpenOption.READ, ExtendedOpenOption.DIRECT)));
    }

    static DirectDevice toWrite(Path device) throws IOException {
        return new DirectDevice(FileChannel.open(device, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
                ExtendedOpenOption.DIRECT)));
    }

    /** Memory that a device can read and write in place. */
    static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes + PAGE).alignedSlice(PAGE).limit(bytes);
    }

    /** Fills the memory from the device, from 0 to its limit; what lies behind the device's end stays as it is. */
    void read(ByteBuffer memory, long position) throws IOException {
        ByteBuffer into = memory.duplicate().position(0);
        long at = position;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count <= 0) {
                return;
            }
            at += count;
        }
    }

    /** Writes the memory, from 0 to its limit, by one request. */
    void write(ByteBuffer memory, long position) throws IOException {
        ByteBuffer from = memory.duplicate().position(0);
        int expected = from.remaining();
        if (channel.write(from, position) != expected) {
            throw new IOException("a write of " + expected + " bytes at " + position + " was cut short");
        }
    }

    long length() throws IOException {
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
