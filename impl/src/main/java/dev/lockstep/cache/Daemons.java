package dev.lockstep.cache;

import dev.lockstep.region.CleanWhen;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Resyncer;
import dev.lockstep.volume.SyncHook;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes on by itself over a volume and its page cache, as it does in a kernel:
 * <ul>
 * <li>write-back: pages that have been page-dirty for long are written (pdflush, S2);</li>
 * <li>the sweep, under a policy that has one: idea 4's round, which calls the cache's {@link PageCache#sync}; idea 3's, which begins
 *     a period with the cache's {@link PageCache#pass} and lasts until the pass has ended and the period is over; ours, which
 *     compares the legs;</li>
 * <li>certifying: what has drained and may be marked clean is;</li>
 * <li>the resync, with a thread and a pace of its own: what is out of sync is resynced, be it that a crash left it so, that ours
 *     found its legs to differ, or that a leg was taken in. A {@link Resyncer} that a user has started beside it has its own pace,
 *     which this one does not know.</li>
 * </ul>
 * The volume is not flushed for its user's sake.
 *
 * <p>But for the resync nothing here waits for the disk, save that a store may hold a page's lock while it reads it. A volume that
 * has stopped or is closed is left alone.
 *
 * <p>Thread-safe.
 */
public final class Daemons implements AutoCloseable {
    private final FileVolume volume;
    private final PageCache cache;
    private final List<Schedule> schedules;

    private Daemons(FileVolume volume, PageCache cache, List<Schedule> schedules) {
        this.volume = volume;
        this.cache = cache;
        this.schedules = schedules;
    }

    /**
     * Starts the daemons with threads of their own.
     *
     * @param volume  the volume, whose sweeps are to call the cache
     * @param cache   its page cache, made with {@link PageCache#PageCache(FileVolume, int, int)}
     * @param periods how often they do what they do
     * @return the daemons, to be closed before the volume is; or use {@link #unmount}
     */
    public static Daemons start(FileVolume volume, PageCache cache, Periods periods) {
        return start(volume, cache, periods, new ThreadSchedule(), new ThreadSchedule());
    }

    /**
     * Starts the daemons.
     *
     * @param volume   the volume, whose sweeps are to call the cache
     * @param cache    its page cache, whose clock is the schedule's
     * @param periods  how often they do what they do
     * @param schedule when they do; it is closed with them
     * @param resyncs  when resyncs do: a task of theirs waits for the disk, so it may be another one; it is closed with them
     * @return the daemons
     */
    public static Daemons start(FileVolume volume, PageCache cache, Periods periods, Schedule schedule, Schedule resyncs) {
        CleanWhen cleanWhen = volume.policy().cleanWhen();
        boolean hasPeriod = cleanWhen == CleanWhen.PERIOD;
        SyncHook hook = hasPeriod ? period(cache, periods, schedule) : cache;
        Duration patience = hasPeriod ? periods.patience().plus(periods.flushPeriod()) : periods.patience();
        volume.syncWith(new ImpatientSync(hook, patience, schedule, volume.volume()::giveUpSync));
        schedule.every(periods.wakeUp(), () -> cache.writeBackDirtySince(schedule.nanos() - periods.expiry().toNanos()));
        schedule.every(periods.certify(), volume::certify);
        resyncs.every(periods.resync(), new ResyncDaemon(volume, periods.resyncPace(), resyncs)::wakeUp);
        switch (cleanWhen) {
            case PERIOD -> schedule.every(periods.flushPeriod(), volume::sweep);
            case SWEEP, COMPARE -> schedule.every(periods.sweep(), volume::sweep);
            case DRAINED, UNMOUNT -> { }
        }
        return new Daemons(volume, cache, List.of(schedule, resyncs));
    }

    /** A period begins with a pass, and outlasts it: spec definition {@code WriteBackInTime}. */
    private static SyncHook period(PageCache cache, Periods periods, Schedule schedule) {
        return ended -> {
            AtomicInteger left = new AtomicInteger(2);
            Runnable one = () -> {
                if (left.decrementAndGet() == 0) {
                    ended.ended();
                }
            };
            schedule.after(periods.flushPeriod(), one);
            cache.pass(new Completion() {
                @Override
                public void ended() {
                    one.run();
                }

                @Override
                public void failed(IOException cause) {
                    ended.failed(cause);
                }
            });
        };
    }

    /**
     * Stops the daemons: when it returns they do nothing any more. What is page-dirty stays so, and what is out of sync, but for the
     * region that is being resynced, which is waited for. Closing twice does nothing.
     */
    @Override
    public void close() {
        schedules.forEach(Schedule::close);
    }

    /**
     * Unmounts cleanly: stops the daemons, writes back what is page-dirty, has the volume mark clean what may be, durably, and
     * closes it. Nobody may change a page from now on. Interrupts have no effect, and stay pending.
     *
     * @throws IOException           if what is page-dirty could not be written, or the volume has failed; it is closed all the same,
     *                               and the regions in use stay dirty in the log
     * @throws IllegalStateException if a completion calls it, or a change of a page is half done or a page is pinned; then nothing
     *                               but the daemons has ended
     */
    public void unmount() throws IOException {
        close();
        if (cache.held()) {
            throw new IllegalStateException("a page is being changed, and the volume cannot be unmounted");
        }
        try {
            cache.sync();
        } finally {
            volume.close();
        }
    }
}
