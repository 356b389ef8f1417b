package dev.lockstep.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A leg on a regular file or a block device of the operating system. The file is never mapped into memory: the error of
 * a failed write-back reaches a mapping as a signal, or not at all.
 *
 * <p>Reads and writes run in the calling thread, as many at once as there are callers; no lock is held meanwhile, and
 * their order is the operating system's. An interrupt has no effect on any call and stays pending; how that is done,
 * and why a force could not be repeated on a reopened file, is told at {@code QuickFile} and {@code CallerThreadFile}.
 *
 * <h2>Which memory a write reads, and when</h2>
 * A direct buffer is handed to the operating system as it is, and its bytes are read in place. A heap buffer is copied
 * into a direct one first, once for each system call. If the system call writes less than it was given, another one
 * goes on at the first byte that is missing; it reads the rest of the buffer anew, and nothing before it. So a byte
 * that was written is not read again (save where an interrupt comes during the call, which is then made again), but what one
 * write leaves on the device may have been in memory at different times. (While copying, the kernel itself may read a page again if
 * it has to fetch it first.)
 *
 * <h2>Flushes</h2>
 * A flush is an fdatasync. Only one runs at a time, for a reason of safety: the kernel reports a failed write-back once
 * to an open file, so of two that run together one may return success over data that the other was told is lost. A
 * flush that waited is content with a force that began after the flush did.
 */
public final class FileLeg extends NamedLeg {

    private final RawFile file;
    private final Access access;

    /** What failed the leg; set once. */
    private final AtomicReference<LegFailedException> failure = new AtomicReference<>();

    private final Object forcing = new Object();
    /** How many forces have begun; changed under {@link #forcing} only. */
    private volatile long forcesBegun;
    /** The number of the last force that ended well, counted from 1; guarded by {@link #forcing}. */
    private long lastForced;

    FileLeg(String name, RawFile file, long length, Access access) {
        super(name, length);
        this.file = file;
        this.access = access;
    }

    /**
     * Opens an existing regular file or block device.
     *
     * @param path   the file
     * @param access what for
     * @return the leg, as long as the file is now
     * @throws StoreException if there is no such file, it is something else, its length is not a positive multiple of
     *                        {@link Leg#SECTOR}, or the operating system refuses
     */
    public static FileLeg open(Path path, Access access) throws StoreException {
        return new LegFiles(QuickFile::open).open(path, access);
    }

    /**
     * Opens an existing regular file or block device as {@link #open(Path, Access)} does, one of many on the same file systems.
     *
     * @param path   the file
     * @param access what for
     * @param known  what is known of these file systems; told what is found out
     * @return the leg, as long as the file is now
     * @throws StoreException as {@link #open(Path, Access)} does
     */
    public static FileLeg open(Path path, Access access, KnownFileSystems known) throws StoreException {
        return new LegFiles((file, options) -> QuickFile.open(file, options, known::knownToKeepErrors)).open(path, access);
    }

    /**
     * Makes a new file that reads as zeros and opens it for reading and writing. When this returns, the file, its
     * length and its entry in its folder are durable. If it fails, what it made is removed.
     *
     * @param path   where; nothing may be there
     * @param length the length in bytes
     * @return the leg
     * @throws StoreException if there is something already, the length is not a positive multiple of
     *                        {@link Leg#SECTOR}, or the operating system refuses
     */
    public static FileLeg create(Path path, long length) throws StoreException {
        return new LegFiles(QuickFile::open).create(path, length);
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        requireInside("read", into.remaining(), position);
        long at = position;
        while (into.hasRemaining()) {
            int count;
            try {
                count = file.read(into, at);
            } catch (ClosedChannelException e) {
                throw closed(e);
            } catch (IOException e) {
                throw new StoreException(transfer("read", into.remaining(), at) + " failed: " + words(e), e);
            }
            if (count <= 0) {
                throw new StoreException(transfer("read", into.remaining(), at)
                        + " found the end of the file; expected " + length()
                        + " bytes, as there were when it was opened");
            }
            at += count;
        }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        requireInside("write", from.remaining(), position);
        if (access == Access.READ_ONLY) {
            throw new StoreException(name() + ": is open for reading only; a write of " + from.remaining()
                    + " bytes at " + position + " was refused");
        }
        requireNotFailed();
        long at = position;
        while (from.hasRemaining()) {
            int count;
            try {
                count = file.write(from, at);
            } catch (ClosedChannelException e) {
                throw closed(e);
            } catch (IOException e) {
                throw failed(transfer("write", from.remaining(), at), e);
            }
            if (count <= 0) {
                throw failed(transfer("write", from.remaining(), at), new IOException("nothing was written"));
            }
            at += count;
        }
    }

    @Override
    public Flush beginFlush() {
        long before = forcesBegun;
        return () -> flush(before);
    }

    /** Ends a flush that was begun when {@code before} forces had begun. */
    private void flush(long before) throws IOException {
        synchronized (forcing) {
            if (lastForced > before) {
                return;
            }
            requireNotFailed();
            long number = forcesBegun + 1;
            forcesBegun = number;
            try {
                file.force(false);
            } catch (ClosedChannelException e) {
                throw closed(e);
            } catch (IOException e) {
                throw failed(name() + ": a flush", e);
            }
            lastForced = number;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void requireInside(String what, int count, long position) throws StoreException {
        if (position < 0 || position > length() - count) {
            throw new StoreException(transfer(what, count, position) + " was refused; expected it to lie in the "
                    + length() + " bytes that there are");
        }
    }

    private void requireNotFailed() throws LegFailedException {
        LegFailedException first = failure.get();
        if (first != null) {
            // A new exception, so that its trace is the caller's; the first one's is in the cause.
            throw new LegFailedException(first.getMessage(), first.getCause());
        }
    }

    private LegFailedException failed(String what, IOException cause) {
        LegFailedException mine = new LegFailedException(what + " failed, and the leg with it: " + words(cause), cause);
        failure.compareAndSet(null, mine);
        return mine;
    }

    private StoreException closed(ClosedChannelException cause) {
        return new StoreException(name() + ": is closed", cause);
    }

    private String transfer(String what, int count, long position) {
        return name() + ": a " + what + " of " + count + " bytes at " + position;
    }

    /** What an exception says, or its kind if it says nothing. */
    static String words(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
