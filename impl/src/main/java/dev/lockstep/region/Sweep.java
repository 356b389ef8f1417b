package dev.lockstep.region;

/** Where idea 4's sweep is. Source: {@code sweep} in Mirror.tla. */
public enum Sweep {
    /** There is none. */
    IDLE,
    /** The candidates are nominated. */
    NOMINATED,
    /** sync() is under way. */
    SYNCING,
    /** sync() has returned; what is still a candidate may be certified. */
    SYNCED
}
