package dev.lockstep.validate;

import dev.lockstep.region.Action;
import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A leg that does not answer any more from some instant on: nothing that is asked of it is done. It fails between two of its I/Os, so that each
 * was done or not. Thread-safe.
 */
final class FailingLeg extends ForwardingLeg {
    private final Leg leg;
    private final Recorder recorder;
    /** Shared by the I/Os, which do not wait for one another. */
    private final ReadWriteLock io = new ReentrantReadWriteLock();
    /** Guarded by the lock, as is the next. */
    private boolean failed;
    private boolean failsFlush;

    FailingLeg(Leg leg, Recorder recorder) {
        super(leg);
        this.leg = leg;
        this.recorder = recorder;
    }

    /** It fails now. */
    void fail() {
        set(true, false);
    }

    /** It fails when it is waited for the next flush of it that a round begins. */
    void failAtFlush() {
        set(false, true);
    }

    /** It answers again, and has what it had. */
    void answer() {
        set(false, false);
    }

    private void set(boolean fails, boolean atFlush) {
        io.writeLock().lock();
        try {
            failed = fails;
            failsFlush = atFlush;
        } finally {
            io.writeLock().unlock();
        }
    }

    /** An I/O. */
    @FunctionalInterface
    private interface Asked {
        void perform() throws IOException;
    }

    private void ask(String what, Asked asked) throws IOException {
        Lock shared = io.readLock();
        shared.lock();
        try {
            if (failed) {
                throw new IOException(name() + ": does not answer; it was to be " + what);
            }
            asked.perform();
        } finally {
            shared.unlock();
        }
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        ask("read", () -> leg.read(into, position));
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        ask("written", () -> leg.write(from, position));
    }

    @Override
    public Flush beginFlush() {
        Frame beginning = recorder.frame();
        boolean ofRound = beginning != null && (beginning.isOf(Action.FLUSH_BEGIN) || beginning.isOf(Action.CERTIFY_BEGIN));
        Flush flush = leg.beginFlush();
        return () -> {
            flush.await();
            if (ofRound) {
                failIfAtFlush();
            }
            ask("flushed", () -> { });
        };
    }

    private void failIfAtFlush() {
        io.writeLock().lock();
        try {
            failed |= failsFlush;
        } finally {
            io.writeLock().unlock();
        }
    }
}
