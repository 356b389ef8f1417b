package dev.lockstep.region;

/** Where a write that the driver has taken is. Source: {@code slot[i].phase} in Mirror.tla. */
public enum WritePhase {
    /** Its region is being resynced. */
    PARKED,
    /** Its region is DIRTY or NOSYNC; the log must be durable before it may go on. */
    SUBMITTED,
    /** On its way to the legs. */
    ISSUED
}
