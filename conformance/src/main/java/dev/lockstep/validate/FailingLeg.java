package dev.lockstep.validate;

import dev.lockstep.region.Action;
import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A leg that does not answer any more from some instant on: nothing that is asked of it is done, but that one write may be late: it is done if
 * the leg answers again soon. It fails between two of its I/Os, so that each was done or not. Thread-safe.
 */
final class FailingLeg extends ForwardingLeg {
    private final Leg leg;
    private final Recorder recorder;
    /** Shared by the I/Os, which do not wait for one another. */
    private final ReadWriteLock io = new ReentrantReadWriteLock();
    /** How long a write is late at most. It is only to give what follows a chance to come first: whether it does is of no account. */
    private static final long LATE_MILLIS = 30;

    /** Whether a write that comes now may be late: the first one. */
    private final AtomicBoolean mayBeLate = new AtomicBoolean();
    private volatile CountDownLatch answers = new CountDownLatch(0);
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
            mayBeLate.set(fails);
            answers.countDown();
            answers = new CountDownLatch(fails ? 1 : 0);
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
        if (mayBeLate.compareAndSet(true, false) && recorder.frame() != null && isLate(recorder.frame())) {
            await();
        }
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

    private static boolean isLate(Frame frame) {
        return frame.isOf(Action.LEG_WRITE) || frame.isOf(Action.RESYNC_COPY);
    }

    private void await() {
        try {
            answers.await(LATE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
