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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A file that is open several times: through a {@link CallerThreadFile}, which no interrupt disturbs, and through {@link FileChannel}s, whose
 * reads and writes cost less. A channel serves as long as no thread is interrupted in it, which closes it; from then on, and for a thread
 * that has an interrupt pending, the other one does. A call that was cut short is made again from its beginning.
 *
 * <p>There are several channels because of what those who use one share: the channel notes each thread that is inside, under a lock, and
 * the kernel counts who uses an open file. Both change with each call, so that threads on several processors wait for each other's: of 16
 * threads that write 4 KiB each, on two processors, a mirror with one channel a leg did about a tenth less. Which channel a thread uses goes by its number.
 *
 * <p>Forces go through the one that no interrupt can close: the answer of a force must not be lost (there it is said why). That
 * it covers what was written through the channels, and is told what became of that, needs a file system that keeps the errors of
 * write-back with the file, and not with who has it open. Those of Linux that {@link KnownFileSystems} names do, in {@code address_space.wb_err} since
 * 4.13 and in its flags before; on any other, such as one on a network, the channels are not used.
 */
final class QuickFile implements RawFile {
    /** A power of two. With as many, two threads on two processors seldom need the same one, and a volume needs no more than 81 descriptors. */
    private static final int CHANNELS = 8;

    private final RawFile sure;
    /** Null where one was closed under its users. */
    private final AtomicReferenceArray<FileChannel> quick;

    private QuickFile(RawFile sure, List<FileChannel> quick) {
        this.sure = sure;
        this.quick = new AtomicReferenceArray<>(quick.toArray(FileChannel[]::new));
    }

    /** Says whether the file system that a file is on keeps the errors of write-back with the file. */
    @FunctionalInterface
    interface Question {
        boolean keepsErrors(Path path) throws IOException;
    }

    /** A file that is to be written is opened several times if that is safe; any other once. */
    static RawFile open(Path path, Set<? extends OpenOption> options) throws IOException {
        return open(path, options, KnownFileSystems::keepsErrorsWithTheFile);
    }

    /** The same for who knows how to find out more cheaply whether it is safe. */
    static RawFile open(Path path, Set<? extends OpenOption> options, Question question) throws IOException {
        RawFile sure = CallerThreadFile.open(path, options);
        if (!options.contains(StandardOpenOption.WRITE)) {
            return sure;
        }
        List<FileChannel> quick = new ArrayList<>();
        try {
            openMore(path, options, question, quick);
        } catch (IOException e) {
            // The file is open, and this was only to be quicker.
            closeAll(quick);
            return sure;
        }
        return quick.isEmpty() ? sure : new QuickFile(sure, quick);
    }

    /** The same file some times more; not at all if that is not known to be safe, or whether it is the same. */
    private static void openMore(Path path, Set<? extends OpenOption> options, Question question, List<FileChannel> opened) throws IOException {
        if (Thread.currentThread().isInterrupted() || !question.keepsErrors(path)) {
            return;
        }
        Object before = key(path);
        Set<OpenOption> again = new HashSet<>(options);
        again.remove(StandardOpenOption.CREATE_NEW);
        while (opened.size() < CHANNELS) {
            opened.add(FileChannel.open(path, again));
        }
        if (before == null || !before.equals(key(path))) {
            closeAll(opened);
            opened.clear();
        }
    }

    /** Closes channels through which nothing was written yet. */
    private static void closeAll(List<FileChannel> channels) {
        for (FileChannel each : channels) {
            try {
                each.close();
            } catch (IOException e) {
                // Nothing can be lost with it.
            }
        }
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
        int own = own();
        FileChannel channel = channel(own);
        if (channel == null) {
            return sure.read(into, position);
        }
        int from = into.position();
        try {
            return channel.read(into, position);
        } catch (ClosedChannelException e) {
            quick.set(own, null);
            return sure.read(into.position(from), position);
        }
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        int own = own();
        FileChannel channel = channel(own);
        if (channel == null) {
            return sure.write(from, position);
        }
        int first = from.position();
        try {
            return channel.write(from, position);
        } catch (ClosedChannelException e) {
            quick.set(own, null);
            return sure.write(from.position(first), position);
        }
    }

    /** Which channel is for this thread. */
    private static int own() {
        return (int) Thread.currentThread().getId() & CHANNELS - 1;
    }

    /** That channel, unless it is closed, or this thread would close it. */
    private FileChannel channel(int own) {
        return Thread.currentThread().isInterrupted() ? null : quick.get(own);
    }

    @Override
    public void force(boolean metadata) throws IOException {
        sure.force(metadata);
    }

    @Override
    public void close() throws IOException {
        try {
            for (int i = 0; i < CHANNELS; i++) {
                FileChannel channel = quick.get(i);
                if (channel != null) {
                    channel.close();
                }
            }
        } finally {
            sure.close();
        }
    }
}
