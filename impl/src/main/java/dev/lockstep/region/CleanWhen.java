package dev.lockstep.region;

/** When a drained region may be marked clean: the second of a policy's two choices. Source: {@code CleanWhen} in Mirror.tla. */
public enum CleanWhen {
    /** As soon as it has drained: what Linux does. */
    DRAINED,
    /** Not before the volume is unmounted: idea 2 of the mail. */
    UNMOUNT,
    /** If it was not written in one period of pdflush, which begins with a pass over all page-dirty pages: idea 3 of the mail. */
    PERIOD,
    /** When a sweep finds that sync() did not write it: idea 4 of the mail. */
    SWEEP,
    /** When a sweep has read it from every leg and found them equal: ours. */
    COMPARE;

    /** Spec definition {@code Sweeping}: whether a region is nominated by a sweep before it is marked clean. */
    boolean sweeps() {
        return this == PERIOD || this == SWEEP || this == COMPARE;
    }
}
