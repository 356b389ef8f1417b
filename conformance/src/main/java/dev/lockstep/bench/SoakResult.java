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
 * @param differing the regions in which the legs differ at the end; there must be none
 */
public record SoakResult(String policy, long seed, int writers, long writes, long sweeps, long resynced, List<Integer> differing) {

    /** Keeps a copy. */
    public SoakResult {
        differing = List.copyOf(differing);
    }

    /** The result in words. */
    @Override
    public String toString() {
        return "soak, " + policy + ", seed " + seed + ": " + writes + " writes of " + writers + " threads, " + sweeps + " sweeps, " + resynced
                + " regions resynced; " + (differing.isEmpty() ? "the legs are equal" : "the legs DIFFER in regions " + differing);
    }
}
