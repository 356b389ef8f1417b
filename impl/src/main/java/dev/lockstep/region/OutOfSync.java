package dev.lockstep.region;

import java.util.BitSet;

/**
 * The regions that are NOSYNC: a resync must not look for them among the others. A bit for each region up to the last of them, as
 * after the loss of a log that is every region; nothing if there are none. Not thread-safe.
 */
final class OutOfSync {
    private BitSet regions;

    void add(int region) {
        if (regions == null) {
            regions = new BitSet();
        }
        regions.set(region);
    }

    void remove(int region) {
        if (regions != null) {
            regions.clear(region);
            if (regions.isEmpty()) {
                regions = null;
            }
        }
    }

    /** The first from a region on, or -1. */
    int next(int from) {
        return regions == null ? -1 : regions.nextSetBit(from);
    }
}
