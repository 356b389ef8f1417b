package dev.lockstep.bench;

import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.PacedTask;
import dev.lockstep.volume.Scrub;
import dev.lockstep.volume.ScrubChoice;
import dev.lockstep.volume.VolumeCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/**
 * Everything at once: threads write, overlap and discard at random while others sweep, flush, scrub, call regions out of sync and
 * have them resynced. Then the volume is closed, and the files of its legs are compared.
 */
public final class Soak {
    private static final int WRITERS = 16;
    private static final int LEGS = 3;
    private static final int REGION = 64 << 10;
    private static final int REGIONS = 64;
    private static final int LONGEST_WRITE = 256;
    private static final int SECTOR = 512;
    private static final int WRITES_BETWEEN_FLUSHES = 500;
    private static final int DISCARD_ONE_IN = 50;

    private final FileVolume volume;
    private final List<Path> legs;
    private final long seed;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong scrubbed = new AtomicLong();
    private final AtomicLong desyncs = new AtomicLong();

    private Soak(Path folder, Policy policy, long seed) throws IOException {
        this.seed = seed;
        legs = List.of(folder.resolve("leg0"), folder.resolve("leg1"), folder.resolve("leg2"));
        volume = FileVolume.create(folder.resolve("log"), legs, new Layout((long) REGIONS * REGION, REGION, LEGS, 0), policy);
    }

    /**
     * Goes on for so long.
     *
     * @throws IOException if the volume fails
     */
    public static SoakResult forSeconds(Path folder, Policy policy, long seed, int seconds) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        return new Soak(folder, policy, seed).run(done -> System.nanoTime() - end < 0);
    }

    /**
     * Goes on until each thread has done so many writes.
     *
     * @throws IOException if the volume fails
     */
    public static SoakResult ofWrites(Path folder, Policy policy, long seed, int writesOfEach) throws IOException {
        return new Soak(folder, policy, seed).run(done -> done < writesOfEach);
    }

    private SoakResult run(IntPredicate goesOn) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        long writes = 0;
        VolumeCounters counters;
        try (volume) {
            List<Future<Integer>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Random choices = new Random(seed * WRITERS + writer);
                writers.add(threads.submit(() -> write(choices, goesOn)));
            }
            List<Future<Integer>> others = List.of(threads.submit(repeated(this::sweep)), threads.submit(repeated(this::resync)),
                    threads.submit(repeated(this::scrub)));
            try {
                for (Future<Integer> each : writers) {
                    writes += each.get();
                }
            } finally {
                over.set(true);
            }
            for (Future<Integer> each : others) {
                each.get();
            }
            resyncAll();
            counters = volume.counters();
        } catch (ExecutionException e) {
            throw new IOException("a thread of the soak has failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the soak was interrupted", e);
        } finally {
            threads.shutdown();
        }
        return new SoakResult(volume.policy().name(), seed, WRITERS, writes, counters.sweeps(), counters.regionsResynced(),
                scrubbed.get(), desyncs.get(), differing());
    }

    private int write(Random choices, IntPredicate goesOn) throws IOException {
        ByteBuffer memory = ByteBuffer.allocateDirect(LONGEST_WRITE * SECTOR);
        long sectors = volume.layout().bytes() / SECTOR;
        int done = 0;
        while (goesOn.test(done)) {
            int length = 1 + choices.nextInt(LONGEST_WRITE);
            long position = (long) (choices.nextDouble() * (sectors - length)) * SECTOR;
            if (choices.nextInt(DISCARD_ONE_IN) == 0) {
                volume.discard(position, (long) length * SECTOR);
            } else {
                memory.clear().limit(length * SECTOR);
                for (int at = 0; at < memory.limit(); at += SECTOR) {
                    memory.putLong(at, choices.nextLong());
                }
                volume.write(memory, position);
            }
            done++;
            if (done % WRITES_BETWEEN_FLUSHES == 0) {
                volume.flush();
            }
        }
        return done;
    }

    /** What is done again and again beside the writers. */
    private interface Work {
        void work(Random choices) throws IOException;
    }

    private Callable<Integer> repeated(Work work) {
        return () -> {
            Random choices = new Random(seed);
            int times = 0;
            while (!over.get()) {
                work.work(choices);
                times++;
            }
            return times;
        };
    }

    private void sweep(Random choices) throws IOException {
        volume.sweep();
        volume.certify();
        volume.flush();
    }

    private void resync(Random choices) throws IOException {
        int region = choices.nextInt(REGIONS);
        volume.volume().suspect(region);
        volume.resync(region);
        volume.flush();
    }

    /** Looks at every region once, or until the soak is over. */
    private void scrub(Random choices) throws IOException {
        Scrub scrub = new Scrub(volume, ScrubChoice.EVERY_REGION, 0, difference -> { });
        long wait = 0;
        while (wait != PacedTask.ENDED && !over.get()) {
            wait = scrub.step();
        }
        scrub.stop();
        scrubbed.addAndGet(scrub.totals().regions());
        desyncs.addAndGet(scrub.totals().desyncs());
    }

    /** Has what is still out of sync resynced: one region at a time can be. */
    private void resyncAll() throws IOException {
        for (int region = 0; region < REGIONS; region++) {
            while (isOutOfSync(region)) {
                volume.resync(region);
                volume.flush();
            }
        }
    }

    private boolean isOutOfSync(int region) {
        RegionState state = volume.volume().inspect(driver -> driver.state(region));
        return state == RegionState.NOSYNC || state == RegionState.RECOVERING;
    }

    private List<Integer> differing() throws IOException {
        List<Integer> differing = new ArrayList<>();
        for (int region = 0; region < REGIONS; region++) {
            ByteBuffer first = read(legs.get(0), region);
            for (int leg = 1; leg < LEGS; leg++) {
                if (!first.equals(read(legs.get(leg), region))) {
                    differing.add(region);
                    break;
                }
            }
        }
        return differing;
    }

    private static ByteBuffer read(Path leg, int region) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(REGION);
        try (FileChannel file = FileChannel.open(leg)) {
            while (bytes.hasRemaining() && file.read(bytes, (long) region * REGION + bytes.position()) > 0) {
                // Until the region is there.
            }
        }
        return bytes.flip();
    }
}
