package dev.lockstep.crash.files;

import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** An open file that is a leg. What is asked of it is done when the call returns, in the caller's thread. Thread-safe, as far as the leg is. */
final class LegFileChannel extends AsynchronousFileChannel {
    private final Leg leg;
    private volatile boolean closed;

    LegFileChannel(Leg leg) {
        this.leg = leg;
    }

    @Override
    public long size() {
        return leg.length();
    }

    @Override
    public Future<Integer> read(ByteBuffer into, long position) {
        return done(into, () -> leg.read(into, position));
    }

    @Override
    public Future<Integer> write(ByteBuffer from, long position) {
        return done(from, () -> leg.write(from, position));
    }

    @FunctionalInterface
    private interface Transfer {
        void perform() throws IOException;
    }

    private static Future<Integer> done(ByteBuffer buffer, Transfer transfer) {
        int count = buffer.remaining();
        try {
            transfer.perform();
            return CompletableFuture.completedFuture(count);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        leg.beginFlush().await();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    /** The leg stays open: it is somebody else's. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public AsynchronousFileChannel truncate(long size) {
        throw none();
    }

    @Override
    public <A> void lock(long position, long size, boolean shared, A attachment, CompletionHandler<FileLock, ? super A> handler) {
        throw none();
    }

    @Override
    public Future<FileLock> lock(long position, long size, boolean shared) {
        throw none();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw none();
    }

    @Override
    public <A> void read(ByteBuffer into, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
        throw none();
    }

    @Override
    public <A> void write(ByteBuffer from, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
        throw none();
    }

    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("a mirror does not ask this of its files");
    }
}
