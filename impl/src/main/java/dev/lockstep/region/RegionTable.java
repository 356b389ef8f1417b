package dev.lockstep.region;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** State and bits of every region, in one byte each. Not thread-safe. */
final class RegionTable {
    private static final int STATE = 7;
    private static final int BIT = 1 << 3;
    private static final int LOGGED = 1 << 4;
    private static final int DURABLY_DIRTY = 1 << 5;

    private final byte[] regions;
    /** How many regions are in each state: who wants to know must not look at each region. */
    private final int[] counts = new int[RegionState.values().length];

    RegionTable(int count) {
        regions = new byte[count];
        counts[0] = count;
        for (int region = 0; region < count; region++) {
            state(region, RegionState.NOSYNC);
        }
    }

    int count() {
        return regions.length;
    }

    RegionState state(int region) {
        return RegionState.of(regions[region] & STATE);
    }

    void state(int region, RegionState state) {
        counts[regions[region] & STATE]--;
        counts[state.ordinal()]++;
        regions[region] = (byte) (regions[region] & ~STATE | state.ordinal());
    }

    int count(RegionState state) {
        return counts[state.ordinal()];
    }

    /** The bit that the log is to have: true is clean. */
    boolean bit(int region) {
        return (regions[region] & BIT) != 0;
    }

    void bit(int region, boolean clean) {
        set(region, BIT, clean);
    }

    /** The bit that was last written to the log. */
    boolean logged(int region) {
        return (regions[region] & LOGGED) != 0;
    }

    void logged(int region, boolean clean) {
        set(region, LOGGED, clean);
    }

    boolean durablyDirty(int region) {
        return (regions[region] & DURABLY_DIRTY) != 0;
    }

    void durablyDirty(int region, boolean known) {
        set(region, DURABLY_DIRTY, known);
    }

    boolean any(IntPredicate condition) {
        for (int region = 0; region < regions.length; region++) {
            if (condition.test(region)) {
                return true;
            }
        }
        return false;
    }

    void each(IntPredicate condition, IntConsumer use) {
        for (int region = 0; region < regions.length; region++) {
            if (condition.test(region)) {
                use.accept(region);
            }
        }
    }

    private void set(int region, int flag, boolean on) {
        regions[region] = (byte) (on ? regions[region] | flag : regions[region] & ~flag);
    }
}
