package dev.lockstep.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What the rounds have shown of two that are compared. For one thread.
 *
 * @param bare  the bare channels
 * @param other a mirror of the same files, or the same bare channels once more
 */
record Tallies(Tally bare, Tally other) {

    /** How many times the throughput of the bare channels the other one had, in a round. */
    private double ratio(int round) {
        return bare.nanos(round) / other.nanos(round);
    }

    private Ratio ratios(IntPredicate which, Tallies against) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < other.rounds(); round++) {
            if (which.test(round)) {
                ratios.add(ratio(round) / (against == null ? 1 : against.ratio(round)));
            }
        }
        return ratios.isEmpty() ? null : Ratio.of(ratios);
    }

    /** The figure of the other one. Against NeverClean each stands with its ratio to the bare channels of its own files. */
    Figure figure(Load load, Tallies neverClean) {
        Ratio sweeps = ratios(other::swept, null);
        return new Figure(load, other.target().name(), other.rounds(), other.median() / 1000, ratios(round -> true, null),
                ratios(round -> true, neverClean), other.sweeps(), sweeps == null ? 0 : sweeps.median(), other.writes(), other.costs(),
                other.costsOfSweeps());
    }
}
