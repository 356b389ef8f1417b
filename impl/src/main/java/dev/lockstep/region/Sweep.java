package dev.lockstep.region;

/** Where the sweep is: idea 4's, idea 3's or that of a policy that compares. Source: {@code sweep} in Mirror.tla. */
public enum Sweep {
    /** There is none. */
    IDLE,
    /** The candidates are nominated. */
    NOMINATED,
    /** sync() is under way; or idea 3's pass. */
    SYNCING,
    /** sync() has returned; what is still a candidate may be certified. */
    SYNCED,
    /** The candidates are being compared; when none is left to be, what is still a candidate may be certified. */
    COMPARING;

    /** The regions that it compares at a time: a sweep of ever so many must not fill the seam with steps. */
    public static final int COMPARED_AT_A_TIME = 4;
}
