package dev.lockstep.region;

/** Where a leg's flush is in a round. Source: {@code legFlush} in Mirror.tla. */
public enum LegFlush {
    /** There is no round. */
    IDLE,
    /** The flush is under way. */
    BUSY,
    /** The flush has ended. */
    DONE
}
