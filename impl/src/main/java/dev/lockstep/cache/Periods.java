package dev.lockstep.cache;

import java.time.Duration;
import java.util.List;

/**
 * How often a volume's {@link Daemons} do what they do, and how fast. Each is more than nothing.
 *
 * @param wakeUp      how often page-dirty pages are looked for that are old enough: Linux's dirty_writeback_centisecs
 * @param expiry      how old is old enough: Linux's dirty_expire_centisecs; S2, "about 30 seconds"
 * @param flushPeriod what idea 3 calls one pdflush period: a region that was not written in one may be marked clean
 * @param sweep       how often a sweep begins, under a policy that has one and no period: I4, "once in few minutes"
 * @param patience    how long a sweep waits for its sync(), or for a pass beyond its period: then the sweep is given up, and a later
 *                    one calls another
 * @param certify     how often regions that have drained are marked clean, where no sweep comes before, and those that were resynced
 * @param resync      how often it is looked for regions that are out of sync
 * @param resyncPace  how many bytes a second a resync may read and write, each leg counted: md's sync_speed_max
 */
public record Periods(Duration wakeUp, Duration expiry, Duration flushPeriod, Duration sweep, Duration patience,
        Duration certify, Duration resync, long resyncPace) {
    /**
     * As Linux has them, and the mail of 2008: 5 s, 30 s, 30 s, 2 minutes, as long for a sync(), 5 s each for what Linux does at once,
     * and 200,000 KiB a second.
     */
    public static final Periods USUAL = new Periods(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30),
            Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofSeconds(5), Duration.ofSeconds(5), 200_000L << 10);

    /** Refuses, with one sentence, what is no period or no pace. */
    public Periods {
        for (Duration each : List.of(wakeUp, expiry, flushPeriod, sweep, patience, certify, resync)) {
            if (each.isZero() || each.isNegative()) {
                throw new IllegalArgumentException("a period is " + each + "; more than nothing is expected");
            }
        }
        if (resyncPace <= 0) {
            throw new IllegalArgumentException("the pace of a resync is " + resyncPace + " bytes a second; more than nothing is expected");
        }
    }
}
