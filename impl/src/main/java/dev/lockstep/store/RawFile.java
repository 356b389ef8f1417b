package dev.lockstep.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * An open file as the operating system offers it: a call may do less than it was asked to. {@link FileLeg} makes a leg
 * of it; the seam is here so that short transfers and failing devices can be had at will.
 *
 * <p>No call is cut short by an interrupt, and none changes the thread's interrupt status. Safe for use by many
 * threads.
 */
interface RawFile extends Closeable {

    /** Opens files. */
    @FunctionalInterface
    interface Opener {

        /** Opens the file, or fails as {@link java.nio.channels.FileChannel#open} does. */
        RawFile open(Path path, Set<? extends OpenOption> options) throws IOException;
    }

    /** The length in bytes now, of a block device too. */
    long size() throws IOException;

    /** Reads some bytes and advances the buffer by them; returns how many, or a negative number at the end. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Writes some bytes, a direct buffer's in place, and advances the buffer by them; returns how many. */
    int write(ByteBuffer from, long position) throws IOException;

    /** Makes everything written so far durable; with {@code metadata} also what is not needed to read it back. */
    void force(boolean metadata) throws IOException;
}
