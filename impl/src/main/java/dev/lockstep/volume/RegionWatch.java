package dev.lockstep.volume;

import dev.lockstep.region.RegionState;

/**
 * Whether a region was left alone while its legs were read, and what the driver knew of it when the reading began. Guarded by the
 * shell's lock while it watches; whoever asked for it may look at it afterwards.
 */
final class RegionWatch {
    private final int region;
    private final RegionState state;
    private final boolean clean;
    private boolean touched;

    /** A watch that begins now; a region with a write in flight, or that is resynced, is not alone from the start. */
    RegionWatch(int region, RegionState state, boolean clean, boolean pending) {
        this.region = region;
        this.state = state;
        this.clean = clean;
        this.touched = pending || state == RegionState.RECOVERING;
    }

    void touched(int which) {
        touched |= which == region;
    }

    /** Its state when the reading began. */
    RegionState state() {
        return state;
    }

    /** Its bit then: true is clean. */
    boolean clean() {
        return clean;
    }

    /** Whether a write was in flight when the reading began, or has come since. */
    boolean touched() {
        return touched;
    }
}
