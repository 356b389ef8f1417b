package dev.lockstep.sut;

import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** A call of the log's that is made on a thread of its own and stops before whatever it does to the device. Used by one thread. */
final class StoppedCall implements CopyDevice.Gate, AutoCloseable {
    /** A call that may fail. */
    @FunctionalInterface
    interface Call {
        void make() throws Exception;
    }

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread own = new Thread(task, "log");
        own.setDaemon(true);
        return own;
    });
    private final Semaphore caller = new Semaphore(0);
    private final Semaphore called = new Semaphore(0);
    /** What it has stopped before; null once it has ended. Handed over by the semaphores, as what follows. */
    private CopyDevice.Point stoppedAt;
    private Throwable failure;
    private boolean killed;
    private boolean running;

    /** The call is made, up to where it stops first. */
    void begin(Call call) {
        running = true;
        killed = false;
        failure = null;
        thread.execute(() -> {
            try {
                call.make();
            } catch (Throwable e) {
                // Whatever a mutant throws is told by the step that it stops.
                failure = e;
            }
            stoppedAt = null;
            caller.release();
        });
        caller.acquireUninterruptibly();
    }

    @Override
    public void at(CopyDevice.Point point) {
        stoppedAt = point;
        caller.release();
        called.acquireUninterruptibly();
        if (killed) {
            throw new CopyDevice.Dead();
        }
    }

    /** It goes on until it has ended, or stops before one of these. */
    void until(EnumSet<CopyDevice.Point> points) {
        while (stoppedAt != null && !points.contains(stoppedAt)) {
            resume();
        }
    }

    /** It goes on to where it stops next. */
    void resume() {
        if (stoppedAt != null) {
            called.release();
            caller.acquireUninterruptibly();
        }
    }

    boolean isRunning() {
        return running;
    }

    boolean hasEnded() {
        return stoppedAt == null;
    }

    CopyDevice.Point stoppedAt() {
        return stoppedAt;
    }

    /** {@return what the call has failed with} */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The process that makes it dies, where it has stopped. */
    void kill() {
        killed = true;
        while (running && stoppedAt != null) {
            resume();
        }
        running = false;
    }

    /** It has ended. */
    void end() {
        running = false;
    }

    @Override
    public void close() {
        kill();
        thread.shutdown();
    }
}
