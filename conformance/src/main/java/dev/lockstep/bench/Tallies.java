package dev.lockstep.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What the rounds have shown of those that are compared. For one thread.
 *
 * @param bare       the bare channels
 * @param neverClean a mirror of the same files under NeverClean; null for the noise
 * @param other      a mirror of the same files, or the same bare channels once more
 */
record Tallies(Tally bare, Tally neverClean, Tally other) {

    /** All of them, in a list of the caller's own. */
    List<Tally> all() {
        List<Tally> all = new ArrayList<>(List.of(bare, other));
        if (neverClean != null) {
            all.add(neverClean);
        }
        return all;
    }

    /** How many times the throughput of something else the other one had, in each of the rounds. */
    private Ratio ratios(Tally against, IntPredicate which) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < other.rounds(); round++) {
            if (which.test(round)) {
                ratios.add(against.nanos(round) / other.nanos(round));
            }
        }
        return ratios.isEmpty() ? null : Ratio.of(ratios);
    }

    /** The figure of the other one. */
    Figure figure(Load load) {
        Ratio sweeps = ratios(bare, other::swept);
        return new Figure(load, other.target().name(), other.rounds(), other.median() / 1000, ratios(bare, round -> true),
                neverClean == null ? null : ratios(neverClean, round -> true), other.sweeps(), sweeps == null ? 0 : sweeps.median(),
                other.writes(), other.costs(), other.costsOfSweeps());
    }
}
