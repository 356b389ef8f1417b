package dev.lockstep.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/**
 * A file that is open twice: through a {@link CallerThreadFile}, which no interrupt disturbs, and through a {@link FileChannel}, whose
 * reads and writes cost less. The channel serves as long as no thread is interrupted in it, which closes it; from then on, and for a thread
 * that has an interrupt pending, the other one does. A call that was cut short is made again from its beginning.
 *
 * <p>Forces go through the one that no interrupt can close: the answer of a force must not be lost (there it is said why). That
 * it covers what was written through the channel, and is told what became of that, needs a file system that keeps the errors of
 * write-back with the file, and not with who has it open. Those of Linux that are named here do, in {@code address_space.wb_err} since
 * 4.13 and in its flags before; on any other, such as one on a network, the channel is not used.
 */
final class QuickFile implements RawFile {
    private static final Set<String> ERRORS_KEPT_WITH_THE_FILE = Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "tmpfs",
            "devtmpfs", "overlay");

    private final RawFile sure;
    /** Null once it was closed under its users. */
    private volatile FileChannel quick;

    private QuickFile(RawFile sure, FileChannel quick) {
        this.sure = sure;
        this.quick = quick;
    }

    /** A file that is to be written is opened twice if that is safe; any other once. */
    static RawFile open(Path path, Set<? extends OpenOption> options) throws IOException {
        RawFile sure = CallerThreadFile.open(path, options);
        if (!options.contains(StandardOpenOption.WRITE)) {
            return sure;
        }
        FileChannel quick = null;
        try {
            quick = secondOf(path, options);
        } catch (IOException e) {
            // The file is open, and this was only to be quicker.
        }
        return quick == null ? sure : new QuickFile(sure, quick);
    }

    /** The same file once more; null if that is not known to be safe, or whether it is the same. */
    private static FileChannel secondOf(Path path, Set<? extends OpenOption> options) throws IOException {
        if (Thread.currentThread().isInterrupted() || !ERRORS_KEPT_WITH_THE_FILE.contains(Files.getFileStore(path).type())) {
            return null;
        }
        Object before = key(path);
        Set<OpenOption> again = new HashSet<>(options);
        again.remove(StandardOpenOption.CREATE_NEW);
        FileChannel second = FileChannel.open(path, again);
        if (before == null || !before.equals(key(path))) {
            second.close();
            return null;
        }
        return second;
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public long size() throws IOException {
        return sure.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        FileChannel channel = channel();
        if (channel == null) {
            return sure.read(into, position);
        }
        int from = into.position();
        try {
            return channel.read(into, position);
        } catch (ClosedChannelException e) {
            quick = null;
            return sure.read(into.position(from), position);
        }
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        FileChannel channel = channel();
        if (channel == null) {
            return sure.write(from, position);
        }
        int first = from.position();
        try {
            return channel.write(from, position);
        } catch (ClosedChannelException e) {
            quick = null;
            return sure.write(from.position(first), position);
        }
    }

    /** The channel, unless it is closed, or this thread would close it. */
    private FileChannel channel() {
        return Thread.currentThread().isInterrupted() ? null : quick;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        sure.force(metadata);
    }

    @Override
    public void close() throws IOException {
        FileChannel channel = quick;
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            sure.close();
        }
    }
}
