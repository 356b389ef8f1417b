package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.CleanWhen;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Told;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that use a volume as a file system would: some store into blocks of their own, and read them back; one writes
 * pages back and syncs; one flushes, certifies, sweeps and resyncs. All go on until the stores are done or the volume fails.
 */
final class Workload {
    static final int PAGE = 4096;
    private static final int BLOCK = 512;
    private static final int STORING = 3;

    private final Volume volume;
    private final PageCache cache;
    private final long seed;
    private final int stores;
    private final Layout layout;
    private final byte[] expected;
    private final AtomicInteger storing = new AtomicInteger(STORING);
    /** Set when a thread has met with a failure: a store into a page that is in the cache would not. */
    private volatile boolean stopped;
    /** Held over a store and its mark, and over the beginning of a sync(): makes the two halves of a store one. */
    private final Object application = new Object();

    /**
     * A workload that has done nothing.
     *
     * @param stores how many stores each thread makes
     */
    Workload(Volume volume, PageCache cache, long seed, int stores) {
        this.volume = volume;
        this.cache = cache;
        this.seed = seed;
        this.stores = stores;
        this.layout = volume.layout();
        this.expected = new byte[Math.toIntExact(layout.bytes())];
        volume.syncWith(ended -> {
            synchronized (application) {
                if (volume.policy().cleanWhen() == CleanWhen.PERIOD) {
                    cache.pass(ended);
                } else {
                    cache.sync(ended);
                }
            }
        });
    }

    /** What each block was last given; a block that never was holds what the volume began with, zeros. */
    byte[] expected() {
        return expected;
    }

    /** Runs until all threads have ended; gives the failure that ended them, if one did. */
    IOException run() throws InterruptedException {
        List<Callable<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < STORING; thread++) {
            int mine = thread;
            threads.add(stopping(() -> store(mine)));
        }
        threads.add(stopping(this::writeBack));
        threads.add(stopping(this::maintain));
        ExecutorService pool = Executors.newFixedThreadPool(threads.size());
        IOException failure = null;
        try {
            for (Future<Void> ended : pool.invokeAll(threads)) {
                try {
                    ended.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof IOException io)) {
                        throw new AssertionError("seed " + seed, e.getCause());
                    }
                    failure = io;
                }
            }
        } finally {
            pool.shutdownNow();
        }
        return failure;
    }

    private Callable<Void> stopping(Callable<Void> thread) {
        return () -> {
            try {
                return thread.call();
            } catch (IOException e) {
                stopped = true;
                throw e;
            }
        };
    }

    /** Stores into every {@link #STORING}th block, so that threads share pages and no blocks. */
    private Void store(int mine) throws IOException {
        try {
            Random random = new Random(seed * STORING + mine);
            int blocks = (int) (layout.bytes() / BLOCK);
            byte[] bytes = new byte[BLOCK];
            ByteBuffer read = ByteBuffer.allocate(BLOCK);
            for (int i = 0; i < stores && !stopped; i++) {
                int block = random.nextInt(blocks / STORING) * STORING + mine;
                random.nextBytes(bytes);
                long position = (long) block * BLOCK;
                synchronized (application) {
                    cache.store(position, ByteBuffer.wrap(bytes));
                    cache.markDirty(position / PAGE);
                }
                System.arraycopy(bytes, 0, expected, (int) position, BLOCK);
                cache.read(read.clear(), position);
                assertThat(read.array()).as("block " + block + " read back, seed " + seed).isEqualTo(bytes);
            }
            return null;
        } finally {
            storing.decrementAndGet();
        }
    }

    private Void writeBack() throws IOException {
        Random random = new Random(~seed);
        int pages = (int) ((layout.bytes() + PAGE - 1) / PAGE);
        while (storing.get() > 0) {
            for (int i = 0; i < 8; i++) {
                cache.writeBack(random.nextInt(pages));
            }
            if (random.nextInt(4) == 0) {
                sync();
            } else {
                flush();
            }
        }
        sync();
        return null;
    }

    private Void maintain() throws IOException {
        Random random = new Random(-seed);
        while (storing.get() > 0) {
            volume.sweep();
            volume.resync(random.nextInt(layout.regions()));
            volume.certify();
            flush();
        }
        return null;
    }

    private void flush() throws IOException {
        Told flushed = new Told();
        volume.flush(flushed);
        flushed.await();
    }

    private void sync() throws IOException {
        Told synced = new Told();
        cache.sync(synced);
        synced.await();
    }
}
