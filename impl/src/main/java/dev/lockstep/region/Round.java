package dev.lockstep.region;

import java.util.Arrays;

/** A round of flushes over the legs in use, and the regions that its end will mark clean. Not thread-safe. */
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

    /** A leg that is out of use is not flushed. */
    void begin(int out) {
        for (int leg = 0; leg < flushes.length; leg++) {
            flushes[leg] = (out & 1 << leg) != 0 ? LegFlush.DONE : LegFlush.BUSY;
        }
    }

    /** Nothing waits for a leg that is put out of use, and nothing is marked clean without it. */
    void putOut(int leg) {
        if (!idle()) {
            flushes[leg] = LegFlush.DONE;
        }
        chosen.clear();
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
