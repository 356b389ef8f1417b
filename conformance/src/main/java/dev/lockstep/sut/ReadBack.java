package dev.lockstep.sut;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of a mirror under replay, by the rig's own channel, whoever else has it open. It is read back where the operating system has it,
 * which is what a read would copy: with one at each step, copying was a third of a replay. Not thread-safe.
 */
final class ReadBack implements Closeable {
    /** Stands for a byte that is not there any more; no content of a page or a log is made of it. */
    private static final byte MISSING = (byte) 0xD5;

    private final FileChannel channel;
    private final int bytes;
    private final ByteBuffer mapped;

    /**
     * Of a file that is there.
     *
     * @param file  the file
     * @param bytes how long it is, at least
     */
    ReadBack(Path file, int bytes) throws IOException {
        this.bytes = bytes;
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * What it holds, now; of a file that a mirror has cut short what is left of it, since nobody may read past the end of what is mapped.
     */
    ByteBuffer held() throws IOException {
        if (channel.size() >= bytes) {
            return mapped;
        }
        ByteBuffer left = ByteBuffer.allocateDirect(bytes);
        int read = 0;
        while (read >= 0 && left.hasRemaining()) {
            read = channel.read(left, left.position());
        }
        while (left.hasRemaining()) {
            left.put(MISSING);
        }
        return left.clear();
    }

    /** Writes a buffer, from its position to its limit. */
    void write(ByteBuffer from, long position) throws IOException {
        channel.write(from, position);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
