package dev.lockstep.validate;

import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.Leg;
import dev.lockstep.sut.Size;
import dev.lockstep.trace.Value;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.VolumeEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;

/**
 * What fails of a mirror that is recorded, life after life: one leg at a time, which the mirror puts out of use; it comes back, and is taken in
 * again. And every so many a sync(), the log some time before the mirror dies, and the power where it does. A leg that a region out of sync has nowhere else does not fail: the volume would stop. Thread-safe; what is done to the
 * mirror is done by one thread.
 */
final class Failures {
    private static final int FAILS_IN = 4;
    private static final int RETURNS_IN = 4;
    private static final int SYNC_FAILS_IN = 2;
    private static final int CUT_IN = 2;
    private static final int CUT_IN_SEEDS = 2;
    private static final int LOG_FAILS_IN = 2;
    /** So that much else is under way when it fails, and there is time to see what the mirror does then. */
    private static final int LOG_FAILS_BEFORE = 120;
    private static final int NONE = -1;

    private final RunSettings settings;
    private final Recorder recorder;
    private final List<FailingLeg> legs = new ArrayList<>();
    /** The devices below them, and that of the log, the last. */
    private final List<CachingLeg> caches = new ArrayList<>();
    private final SplittableRandom chance;
    private final AtomicInteger syncs = new AtomicInteger();
    /** How many events there are when the log fails, in this life. */
    private volatile int logFailsAt = Integer.MAX_VALUE;
    private volatile boolean logFails;
    /** Whether anything has failed yet: from then on a step that was offered may have come to nothing. */
    private volatile boolean begun;
    /** The leg that fails, since when at the earliest, and whether that is not by a flush alone; guarded by this, as all below. */
    private int failing = NONE;
    private long since;
    private boolean answersNothing;
    private boolean legFailed;
    /** Whether the mirror has told that it is put out of use: it may count as that a little sooner. */
    private boolean toldOut;
    /** The leg that does not answer, as the mirror has noticed. */
    private int gone = NONE;
    private int deaths;
    private boolean cut;

    Failures(RunSettings settings, Recorder recorder) {
        this.settings = settings;
        this.recorder = recorder;
        this.chance = new SplittableRandom(settings.seed());
    }

    /** The mirror is opened, and with it the next of its devices: its legs, and the log. */
    synchronized Leg cached(Leg leg) {
        if (!settings.fails()) {
            return leg;
        }
        if (caches.size() > settings.size().legs()) {
            caches.clear();
            legs.clear();
        }
        CachingLeg cached = new CachingLeg(leg);
        caches.add(cached);
        return cached;
    }

    /** The leg that is on such a device. */
    synchronized Leg device(Leg leg) {
        if (!settings.fails()) {
            return leg;
        }
        failing = NONE;
        FailingLeg device = new FailingLeg(leg, recorder);
        legs.add(device);
        return device;
    }

    /**
     * A mirror comes to life.
     *
     * @param events how many events there are to be at its end
     * @param dies   whether it dies then, and is not unmounted
     */
    void born(int events, boolean dies) {
        logFails = false;
        logFailsAt = settings.fails() && dies && chance(LOG_FAILS_IN) ? events - LOG_FAILS_BEFORE : Integer.MAX_VALUE;
    }

    private synchronized boolean chance(int in) {
        return chance.nextInt(in) == 0;
    }

    /** The log, which may fail at a flush that a write of it is waiting for. */
    Leg log(Leg log) {
        return settings.fails() ? new FailingLog(log, this::logFailsNow, recorder) : log;
    }

    private boolean logFailsNow() {
        if (recorder.count() < logFailsAt) {
            return false;
        }
        begun = true;
        logFails = true;
        return true;
    }

    /** Whether the log has failed: the mirror stops, and dies soon. */
    boolean logFails() {
        return logFails;
    }

    boolean begun() {
        return begun;
    }

    /** A sync() that may be said to have failed. */
    Completion ofSync(Completion ended) {
        if (!settings.fails() || syncs.getAndIncrement() % SYNC_FAILS_IN != 0) {
            return ended;
        }
        begun = true;
        return new Completion() {
            @Override
            public void ended() {
                ended.failed(new IOException("the pages were not all written"));
            }

            @Override
            public void failed(IOException cause) {
                ended.failed(cause);
            }
        };
    }

    /** The mirror has put a leg out of use. It failed before, at some instant that nothing but that tells of. */
    void happened(VolumeEvent event) {
        if (event.kind() == VolumeEvent.Kind.LEG_FAILED) {
            noticed(event.leg().orElseThrow());
        }
    }

    private synchronized void noticed(int leg) {
        Frame frame = recorder.frame();
        long noticed = frame == null || frame.failedAt() == 0 ? since : frame.failedAt();
        long end = recorder.now();
        toldOut = true;
        if (answersNothing) {
            gone = leg;
            recorder.add("LegFails", since, end, Value.of(leg));
        }
        recorder.add("PutOut", noticed, end, Value.of(leg));
    }

    /** Whether a region may be made to count as out of sync now. */
    synchronized boolean maySuspect() {
        return failing == NONE;
    }

    /**
     * Does what comes next, now and then.
     *
     * @param alone held while nobody else may ask the mirror for anything
     */
    void goOn(MirrorRun run, SplittableRandom random, Lock alone) throws IOException {
        int out = run.volume().inspect(DriverView::out);
        int recorded = run.volume().inspect(DriverView::recordedOut);
        boolean fails = out == 0 && recorded == 0 && maySuspect() && (random.nextInt(FAILS_IN) == 0 || isFirst());
        boolean returns = out != 0 && recorded == out && mayReturn() && random.nextInt(RETURNS_IN) == 0;
        if (fails) {
            alone.lock();
            try {
                // What makes a region count as out of sync may be under way.
                run.await();
                fail(run, random);
            } finally {
                alone.unlock();
            }
        } else if (returns) {
            int leg = Integer.numberOfTrailingZeros(out);
            returned(leg);
            if (random.nextBoolean()) {
                run.takeIn(leg);
            }
        }
    }

    /** Whether what does not answer may answer again: what came before is taken down then. */
    private synchronized boolean mayReturn() {
        return failing == NONE || toldOut;
    }

    /** Whether no leg has failed yet: the first one, which is no source, fails at once and does not answer. */
    private synchronized boolean isFirst() {
        return !legFailed;
    }

    private synchronized void fail(MirrorRun run, SplittableRandom random) {
        int leg = isFirst() ? (run.volume().inspect(DriverView::source) + 1) % legs.size() : random.nextInt(legs.size());
        boolean alone = run.volume().inspect(driver -> driver.source() == leg && (settings.policy().cleanWhen() == CleanWhen.COMPARE
                || driver.count(RegionState.NOSYNC) + driver.count(RegionState.RECOVERING) > 0));
        if (alone) {
            return;
        }
        begun = true;
        failing = leg;
        toldOut = false;
        answersNothing = isFirst() || random.nextInt(3) > 0;
        legFailed = true;
        since = recorder.now();
        if (answersNothing) {
            legs.get(leg).fail();
        } else {
            legs.get(leg).failAtFlush();
        }
    }

    private synchronized void returned(int leg) throws IOException {
        if (failing == leg) {
            long begin = recorder.now();
            if (gone == leg) {
                // It is recorded that the leg is out: its own cache may have been lost.
                caches.get(leg).cut(chance);
            }
            List<Value> contents = new ArrayList<>();
            for (int block = 0; block < settings.size().blocks(); block++) {
                ByteBuffer bytes = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
                caches.get(leg).read(bytes, (long) block * Size.BLOCK_BYTES);
                contents.add(Value.of(Contents.value(bytes.flip())));
            }
            returned(leg, begin, Value.tuple(contents));
            legs.get(leg).answer();
            failing = NONE;
        }
    }

    /** The mirror has died: the first time, and every second time after that, because the power was cut. */
    synchronized void died() throws IOException {
        cut = settings.fails() && settings.seed() % CUT_IN_SEEDS == 0 && deaths++ % CUT_IN == 0;
        if (cut) {
            for (CachingLeg each : caches) {
                each.cut(chance);
            }
        }
    }

    /** Whether the power was cut when the mirror died that is down. */
    synchronized boolean cut() {
        boolean was = cut;
        cut = false;
        return was;
    }

    /** The mirror is down. What does not answer does when it is opened again. */
    synchronized void down(List<Value> contents) {
        if (gone != NONE) {
            returned(gone, recorder.now(), contents.get(gone));
        }
    }

    private void returned(int leg, long begin, Value contents) {
        if (gone == leg) {
            gone = NONE;
            recorder.add("LegReturns", begin, recorder.now(), Value.of(leg), contents);
        }
    }
}
