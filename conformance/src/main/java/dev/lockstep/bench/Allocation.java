package dev.lockstep.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Has a file be there in full, and in the page cache page by page. What is written there in long pieces is kept in long pieces, if
 * memory happens to have them, and a short write into such a one costs several times as much: so of two files that are written
 * alike, one would be measured at twice the other's cost.
 */
final class Allocation {
    private static final int PIECE = 4096;

    private Allocation() {
    }

    /** Writes zeros over a file, which is made if it is not there, and forces it. */
    static void write(Path file, long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = 0; at < bytes; ) {
                zeros.clear().limit((int) Math.min(PIECE, bytes - at));
                at += channel.write(zeros, at);
            }
            channel.force(true);
        }
    }
}
