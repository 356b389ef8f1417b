package dev.lockstep.region;

/** When a drained region may be marked clean: the second of a policy's two choices. Source: {@code CleanWhen} in Mirror.tla. */
public enum CleanWhen {
    /** As soon as it has drained: what Linux does. */
    DRAINED,
    /** Not before the volume is unmounted: idea 2 of the mail. */
    UNMOUNT,
    /** When a sweep finds that sync() did not write it: idea 4 of the mail. */
    SWEEP
}
