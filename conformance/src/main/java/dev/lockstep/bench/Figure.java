package dev.lockstep.bench;

/**
 * What was measured of one target under one load.
 *
 * @param load              the load
 * @param target            the policy's name, or "bare"
 * @param rounds            in how many rounds
 * @param microseconds      median time from one write's end to the next, of all threads together
 * @param againstBare       its throughput divided by that of two bare files in the same round; of "bare" itself, measured twice: the noise
 * @param againstNeverClean divided by that of NeverClean on the same files in the same round; of NeverClean itself: the noise; null for "bare"
 * @param sweeps            in how many of the rounds a sweep was begun and ended while it was measured
 * @param duringSweeps      the median of those rounds alone, against bare; 0 where there were none
 * @param writes            how many writes were measured, in the rounds without a sweep
 * @param costs             what was done beside them, in the rounds without a sweep
 * @param costsOfSweeps     what was done in the rounds with one
 */
public record Figure(Load load, String target, int rounds, double microseconds, Ratio againstBare, Ratio againstNeverClean, int sweeps,
        double duringSweeps, long writes, Costs costs, Costs costsOfSweeps) {
}
