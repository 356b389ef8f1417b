package dev.lockstep.bench;

import java.util.List;

/**
 * What a soak came to.
 *
 * @param policy    the policy
 * @param seed      what its random choices were made from
 * @param writers   how many threads wrote
 * @param writes    how many writes and discards ended
 * @param sweeps    how many sweeps were begun
 * @param resynced  how many regions were resynced
 * @param scrubbed  how many regions a scrub looked at meanwhile
 * @param desyncs   in how many sectors it found the legs to differ in a region that the log calls clean; there must be none
 * @param differing the regions in which the legs differ at the end; there must be none
 */
public record SoakResult(String policy, long seed, int writers, long writes, long sweeps, long resynced, long scrubbed, long desyncs,
        List<Integer> differing) {

    /** Keeps a copy. */
    public SoakResult {
        differing = List.copyOf(differing);
    }

    /** {@return whether the legs never differed where they must not} */
    public boolean isRight() {
        return differing.isEmpty() && desyncs == 0;
    }

    /** The result in words. */
    @Override
    public String toString() {
        return "soak, " + policy + ", seed " + seed + ": " + writes + " writes of " + writers + " threads, " + sweeps + " sweeps, " + resynced
                + " regions resynced, "
                + scrubbed + " scrubbed, " + desyncs + " desyncs seen; " + (differing.isEmpty() ? "the legs are equal" : "the legs DIFFER in regions " + differing);
    }
}
