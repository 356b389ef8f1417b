package dev.lockstep.crash.inside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * What a child does to a volume until it is killed: writers that store into pages while these are being written, and write directly;
 * write-back; rounds that mark regions clean, and sweeps; resync of what is out of sync. The pauses pace the threads; none waits for
 * a condition.
 */
final class Workload {
    private static final int WRITERS = 3;
    private static final int SHORTEST_PAUSE = 100;
    private static final int LONGEST_PAUSE = 3000;
    /** How many times longer than between two pages the pause between two rounds of write-back is. */
    private static final int LULL = 30;
    private static final int MICRO = 1000;

    private final ChildTask task;
    private final OpenVolume open;
    private final Teller teller;
    private final AtomicLong contents;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    Workload(ChildTask task, OpenVolume open, Teller teller) {
        this.task = task;
        this.open = open;
        this.teller = teller;
        this.contents = new AtomicLong(task.firstContent());
    }

    /** What a thread does over and over; it may throw. */
    @FunctionalInterface
    interface Work {
        void perform(SplittableRandom random) throws IOException;
    }

    /**
     * Works until every writer has done its operations.
     *
     * @throws IOException if something failed
     */
    void run() throws IOException {
        List<Thread> writers = new ArrayList<>();
        SplittableRandom seeds = new SplittableRandom(task.seed());
        int pages = (int) ((task.layout().bytes() + OpenVolume.PAGE - 1) / OpenVolume.PAGE);
        List<Long> hot = List.of(2L * seeds.nextInt((pages + 1) / 2), 2L * seeds.nextInt((pages + 1) / 2));
        for (int i = 0; i < WRITERS; i++) {
            Writer writer = new Writer(open, task.layout(), teller, contents, hot, i, WRITERS);
            writers.add(thread(seeds.split(), task.operations(), pause(seeds) * task.pace(), writer::operate));
        }
        List<Thread> others = List.of(
                writeBack(seeds, pages),
                thread(seeds.split(), Integer.MAX_VALUE, pause(seeds), random -> {
                    open.volume().certify();
                    open.volume().sweep();
                }),
                thread(seeds.split(), Integer.MAX_VALUE, pause(seeds), random -> {
                    int region = random.nextInt(task.layout().regions());
                    if (open.outOfSync(region)) {
                        open.volume().resync(region);
                    }
                }));
        join(writers);
        over.set(true);
        join(others);
        if (failure.get() != null) {
            throw new IOException("a thread of the workload failed: " + failure.get(), failure.get());
        }
    }

    /**
     * Write-back of pages by chance, or in rounds with a lull between two of them, as the kernel's flusher does it. What a round has left
     * torn stays so for the whole of the lull, and the regions come to be clean meanwhile.
     */
    private Thread writeBack(SplittableRandom seeds, int pages) {
        int pause = pause(seeds) * task.pace();
        if (seeds.nextBoolean()) {
            return thread(seeds.split(), Integer.MAX_VALUE, pause, random -> open.cache().writeBack(random.nextInt(pages)));
        }
        return thread(seeds.split(), Integer.MAX_VALUE, pause * LULL, random -> {
            for (long page = 0; page < pages; page++) {
                open.cache().writeBack(page);
            }
        });
    }

    /**
     * How quick each thread is differs from child to child: what is seldom at one pace is frequent at another. On a slow machine the
     * threads that make regions dirty pause for longer, so that some regions come to be clean there too.
     */
    private static int pause(SplittableRandom seeds) {
        return SHORTEST_PAUSE + seeds.nextInt(seeds.nextInt(LONGEST_PAUSE) + 1);
    }

    private Thread thread(SplittableRandom random, int times, int pauseMicros, Work work) {
        Thread thread = new Thread(() -> {
            try {
                for (int i = 0; i < times && !over.get() && failure.get() == null; i++) {
                    work.perform(random);
                    LockSupport.parkNanos((long) MICRO * random.nextInt(pauseMicros));
                }
            } catch (IOException | RuntimeException e) {
                failure.compareAndSet(null, e);
                teller.stopped(e);
            }
        }, "crash-workload");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(List<Thread> threads) throws IOException {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
