package dev.lockstep.crash.enumerate;

import java.util.List;

/**
 * How much is looked at: which workloads, and how much of what a crash may leave at each of their points.
 *
 * @param plans     the plans that the workloads follow in turn; each is followed once, whatever number of states was asked for
 * @param all       of a first crash: up to how many states, all
 * @param some      of more, how many
 * @param allAgain  of a second crash: up to how many states, all
 * @param someAgain of more, how many
 * @param oneIn     of the states of a volume with labels, whose recovery has many more points, one in so many is cut off again; each is recovered
 * @param enough    so many findings are: then nothing more is looked at
 */
record Limits(List<Plan> plans, long all, int some, long allAgain, int someAgain, int oneIn, long enough) {
    /** More workloads show more than more states of each point do: most faults need a rare order of steps, and few blocks. */
    static final Limits USUAL = new Limits(List.of(Plan.values()), 32, 12, 4, 2, 3);

    /** Of a run that looks at everything, whatever it finds. */
    Limits(List<Plan> plans, long all, int some, long allAgain, int someAgain, int oneIn) {
        this(plans, all, some, allAgain, someAgain, oneIn, Long.MAX_VALUE);
    }

    /** Keeps a copy of the plans. */
    Limits {
        plans = List.copyOf(plans);
    }
}
