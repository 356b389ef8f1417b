package dev.lockstep.volume;

import dev.lockstep.store.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a volume to one user: a lock on a file of its own, {@code LOG.lock} beside the log, which says who the holder is. It ends
 * with {@link #close}, which takes the file away, and with the process, however that ends: what is left then is a file without a
 * lock. {@link LockPlace} says where the file is if the log is a device.
 *
 * <p>The log itself is locked as well, once it is open, so that one that is renamed or linked meanwhile is not opened by its new name.
 * (That lock is the lesser one: the process loses it as soon as anything in it closes the log's file.)
 */
final class VolumeLock implements Closeable {
    /**
     * The locks of this process. A lock on a file is the whole process's, and closing the file ends it even if another part of the
     * process took it: so no part may so much as look into the file of a lock that another holds, and has to know.
     */
    private static final Map<Path, Holder> HELD = new ConcurrentHashMap<>();

    private final Path log;
    private final Path file;
    private final List<FileChannel> open = new ArrayList<>();
    private boolean held;
    private boolean closed;

    private VolumeLock(Path log, Path file) {
        this.log = log;
        this.file = file;
    }

    /**
     * Takes the lock, of a log that is there or is yet to be made.
     *
     * @throws VolumeInUseException if it is taken
     * @throws StoreException       if there is no way to take it; one sentence
     */
    static VolumeLock take(Path log) throws IOException {
        VolumeLock lock = new VolumeLock(log, LockPlace.of(log));
        Holder self = Holder.self();
        Holder other = HELD.putIfAbsent(lock.file, self);
        if (other != null) {
            throw new VolumeInUseException(log.toString(), "this very " + other.words());
        }
        // An interrupt would close the file: it waits until that is no more used.
        boolean interrupted = Thread.interrupted();
        try {
            lock.acquire(self);
            return lock;
        } catch (FileSystemException e) {
            lock.close();
            throw new StoreException(log + ": its lock " + lock.file + " cannot be taken: " + reason(e)
                    + "; a file that can be made and written is expected", e);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        return e instanceof AccessDeniedException || e.getReason() == null ? "permission denied" : e.getReason();
    }

    /** Who has a volume open, if anyone has. Takes no lock. */
    static Optional<String> holder(Path log) throws IOException {
        Path file;
        try {
            file = LockPlace.of(log);
        } catch (StoreException e) {
            // No one opens a log with several names; but one that is open may have been given another.
            OptionalLong pid = KernelLocks.holder(log);
            return pid.isPresent() ? Optional.of("process " + pid.getAsLong()) : Optional.empty();
        }
        Holder here = HELD.get(file);
        if (here != null) {
            return Optional.of(here.words());
        }
        return KernelLocks.holder(file).isPresent() ? Optional.of(Holder.words(Files.readAllBytes(file))) : Optional.empty();
    }

    private void acquire(Holder self) throws IOException {
        while (!acquired()) {
            // The holder took the file away when it ended, and this was locked in vain.
            closeAll();
        }
        held = true;
        open.get(0).truncate(0);
        open.get(0).write(ByteBuffer.wrap(self.bytes()), 0);
    }

    private boolean acquired() throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        open.add(channel);
        if (channel.tryLock() == null) {
            ByteBuffer found = ByteBuffer.allocate(4096);
            channel.read(found, 0);
            byte[] bytes = new byte[found.flip().remaining()];
            found.get(bytes);
            throw new VolumeInUseException(log.toString(), Holder.words(bytes));
        }
        return leadsHere();
    }

    /**
     * Whether the file's name still leads to the file that is locked: another lock on the same file is refused as overlapping. The
     * file that was opened to see that stays open, as closing it would end the lock.
     */
    private boolean leadsHere() throws IOException {
        try {
            FileChannel again = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            open.add(again);
            again.tryLock();
            return false;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Locks the log itself. It has to be open already, and not to be closed before this.
     *
     * @throws VolumeInUseException if someone has it open by another name
     */
    void alsoLog() throws IOException {
        FileChannel channel = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE);
        open.add(channel);
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new VolumeInUseException(log.toString(), "this very process, which opened it by another name");
        }
        OptionalLong pid = KernelLocks.holder(log);
        throw new VolumeInUseException(log.toString(), (pid.isPresent() ? "process " + pid.getAsLong() : "another process")
                + ", which opened it by another name");
    }

    /** Ends the lock, and takes its file away if it is still this one's. Closing again does nothing. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        boolean interrupted = Thread.interrupted();
        try {
            if (held && leadsHere()) {
                Files.deleteIfExists(file);
            }
        } finally {
            try {
                closeAll();
            } finally {
                HELD.remove(file);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private void closeAll() throws IOException {
        for (FileChannel channel : open) {
            channel.close();
        }
        open.clear();
    }
}
