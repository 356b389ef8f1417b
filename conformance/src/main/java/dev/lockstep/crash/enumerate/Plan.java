package dev.lockstep.crash.enumerate;

/**
 * What a workload is about. Left to chance alone, a write seldom comes at the very moment at which its region changes its state,
 * and that is the moment at which most faults of a mirror show: so there are plans that see to it.
 */
enum Plan {
    /** A little of everything. */
    ANYTHING("anything"),
    /** Most of it is out of sync when it begins; regions are written before, while and after they are resynced. */
    RESYNC("writes around resyncs"),
    /** Regions are written while they are about to be marked clean: during a sweep, its sync and the round of flushes. */
    MARK("writes around marks");

    private final String words;

    Plan(String words) {
        this.words = words;
    }

    /** What it is called in a finding. */
    @Override
    public String toString() {
        return words;
    }
}
