package dev.lockstep.region;

import java.util.Arrays;

/** A round of flushes over all legs, and the regions that its end will mark clean. Not thread-safe. */
final class Round {
    private final LegFlush[] flushes;
    private final RegionSet chosen = new RegionSet();

    Round(int legs) {
        flushes = new LegFlush[legs];
        Arrays.fill(flushes, LegFlush.IDLE);
    }

    LegFlush flush(int leg) {
        return flushes[leg];
    }

    boolean idle() {
        return flushes[0] == LegFlush.IDLE;
    }

    boolean over() {
        for (LegFlush flush : flushes) {
            if (flush != LegFlush.DONE) {
                return false;
            }
        }
        return true;
    }

    void begin() {
        Arrays.fill(flushes, LegFlush.BUSY);
    }

    void flushed(int leg) {
        flushes[leg] = LegFlush.DONE;
    }

    void end() {
        Arrays.fill(flushes, LegFlush.IDLE);
        chosen.clear();
    }

    RegionSet chosen() {
        return chosen;
    }
}
