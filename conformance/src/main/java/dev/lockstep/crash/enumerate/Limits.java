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
    static final Limits USUAL = new Limits(64, 24, 4, 3);
}
