package dev.lockstep.validate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What is done to a mirror while it is recorded: threads that change pages, one that writes past the page cache, and one that asks for all
 * else. The pauses pace the threads; none waits for a condition.
 */
final class Workload {
    private static final int MICRO = 1000;
    private static final int LONGEST_PAUSE = 60;
    private static final long STOPPED_MILLIS = 2000;

    private final MirrorRun run;
    private final Recorder recorder;
    private final int events;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    /** Whoever writes has a share of it, where there are times at which nobody may. */
    private final ReadWriteLock gate = new ReentrantReadWriteLock();
    private final List<Thread> threads = new ArrayList<>();

    /** What a thread does over and over; it may throw. */
    @FunctionalInterface
    interface Work {
        void perform() throws IOException, InterruptedException;
    }

    /**
     * Begins.
     *
     * @param events how many events have to have been recorded by its end
     */
    Workload(MirrorRun run, RunSettings settings, Recorder recorder, SplittableRandom seeds, int events) {
        this.run = run;
        this.recorder = recorder;
        this.events = events;
        Pages pages = new Pages(run.cache(), () -> run.isDead() || run.failures().logFails(), recorder, settings);
        for (int i = 0; i < 2; i++) {
            SplittableRandom random = seeds.split();
            begin(seeds.split(), gated(settings, () -> pages.change(random)));
        }
        DirectWrites writes = new DirectWrites(run, recorder, settings, seeds.split());
        begin(seeds.split(), gated(settings, writes::write));
        Service service = new Service(run, recorder, settings, seeds.split(), gate.writeLock());
        begin(seeds.split(), service::serve);
    }

    private Work gated(RunSettings settings, Work work) {
        return settings.fails() ? () -> {
            gate.readLock().lockInterruptibly();
            try {
                work.perform();
            } finally {
                gate.readLock().unlock();
            }
        } : work;
    }

    private void begin(SplittableRandom random, Work work) {
        int longest = 1 + random.nextInt(LONGEST_PAUSE);
        Thread thread = new Thread(() -> work(random, longest, work), "lockstep-recorded");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void work(SplittableRandom random, int longest, Work work) {
        try {
            while (!over.get() && failure.get() == null && recorder.count() < events) {
                work.perform();
                LockSupport.parkNanos((long) MICRO * random.nextInt(longest));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            // One that waits for a mirror that is dead is interrupted, and one whose log has failed has stopped.
            if (!run.isDead() && !run.failures().logFails()) {
                failure.compareAndSet(null, e);
            }
        }
    }

    /**
     * Waits until there are as many events as there have to be, and ends.
     *
     * @param dies whether the mirror dies meanwhile, with whatever it is at
     */
    void end(boolean dies) throws IOException {
        try {
            if (dies) {
                threads.get(threads.size() - 1).join();
                run.die();
                threads.forEach(Thread::interrupt);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (failure.get() != null) {
            throw new IOException("a thread of the workload failed: " + failure.get(), failure.get());
        }
    }

    /** Has nothing more be asked of a mirror that is dead; a thread that waits for it where no interrupt counts stays where it is. */
    void stop() {
        over.set(true);
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(STOPPED_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
