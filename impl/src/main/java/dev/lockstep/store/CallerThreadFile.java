package dev.lockstep.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A file whose reads, writes and forces happen in the calling thread and cannot be interrupted.
 *
 * <h2>Why not a FileChannel</h2>
 * A {@link java.nio.channels.FileChannel} is an {@link java.nio.channels.InterruptibleChannel}: an interrupt of one
 * thread in a call closes the channel under all of them. Opening the file again would not repair that. The kernel tells
 * of a failed write-back once to each open file, at its next fsync. If the interrupted call was that fsync, its answer
 * is lost with the channel, and the file opened in its place is not told again: the next force would report success
 * over lost data. So the situation has to be avoided, not mended.
 *
 * <h2>What is used instead</h2>
 * An {@link AsynchronousFileChannel} is not interruptible; its force runs in the calling thread, and it hands its reads
 * and writes as tasks to an executor that the caller may choose. The one given here runs a task at once where it is, so
 * that there is no hop between threads and the cost is that of a FileChannel. The result is there by the time the
 * call returns, and no wait happens that an interrupt could disturb. A completion handler is avoided, as invoking one
 * clears the thread's interrupt status.
 *
 * <p>This holds for the channel of Unix systems. That of Windows expects its executor to keep threads of its own.
 */
final class CallerThreadFile implements RawFile {

    private final AsynchronousFileChannel channel;

    private CallerThreadFile(AsynchronousFileChannel channel) {
        this.channel = channel;
    }

    static RawFile open(Path path, Set<? extends OpenOption> options) throws IOException {
        return new CallerThreadFile(AsynchronousFileChannel.open(path, options, new CallerRuns()));
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return result(channel.read(into, position));
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        return result(channel.write(from, position));
    }

    @Override
    public void force(boolean metadata) throws IOException {
        channel.force(metadata);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The result of a transfer, waited for as long as it takes should it not be there yet. */
    private static int result(Future<Integer> transfer) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return transfer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs each task in the thread that submits it. There is nothing to shut down. */
    private static final class CallerRuns extends AbstractExecutorService {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            // No thread to stop and no task that waits.
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
