package dev.lockstep.region;

/** What the legs read when they are written: the first of a policy's two choices. Source: {@code LegsRead} in Mirror.tla. */
public enum LegsRead {
    /** The page itself, each leg in its own time: what Linux does, and how the bug of 2008 gets in. */
    SHARED,
    /** The page itself, and nobody stores into it until the write has ended: idea 1 of the mail. */
    LOCKED,
    /** A copy that the driver made of the page when the write was submitted. */
    COPIED
}
