package dev.lockstep.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Has a file be there in full, and in the page cache page by page. What is written there in long pieces is kept in long pieces, if
 * memory happens to have them, and a short write into such a one costs several times as much: so of two files that are written
 * alike, one would be measured at twice the other's cost. And the files are written page by page in turn, since memory that one gets
 * first may serve better than what is left for the next: by a sixth, for whole files, in a measurement.
 */
final class Allocation {
    private static final int PIECE = 4096;

    private Allocation() {
    }

    /** Writes zeros over files, which are made if they are not there, and forces them. */
    static void write(List<Path> files, long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);
        List<FileChannel> channels = new ArrayList<>();
        try {
            for (Path file : files) {
                channels.add(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            }
            List<FileChannel> turn = new ArrayList<>(channels);
            Random random = new Random(bytes);
            for (long at = 0; at < bytes; at += PIECE) {
                // In another order each time, or the pages of a file would be a fixed distance apart, and share places of a cache.
                Collections.shuffle(turn, random);
                for (FileChannel channel : turn) {
                    zeros.clear().limit((int) Math.min(PIECE, bytes - at));
                    for (long from = at; zeros.hasRemaining(); ) {
                        from += channel.write(zeros, from);
                    }
                }
            }
            for (FileChannel channel : channels) {
                channel.force(true);
            }
        } finally {
            for (FileChannel channel : channels) {
                channel.close();
            }
        }
    }
}
