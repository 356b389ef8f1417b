package dev.lockstep.crash.enumerate;

/**
 * How much of what a crash may leave at a point is looked at.
 *
 * @param all       of a first crash: up to how many states, all
 * @param some      of more, how many
 * @param allAgain  of a second crash: up to how many states, all
 * @param someAgain of more, how many
 */
record Limits(long all, int some, long allAgain, int someAgain) {
    /** More workloads show more than more states of each point do: most faults need a rare order of steps, and few blocks. */
    static final Limits USUAL = new Limits(32, 12, 4, 2);
}
