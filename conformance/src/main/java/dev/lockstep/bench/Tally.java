package dev.lockstep.bench;

import java.util.ArrayList;
import java.util.List;

/** What the rounds have shown of one target. For one thread. */
final class Tally {
    private final Target target;
    private final List<Double> times = new ArrayList<>();
    private final List<Boolean> swept = new ArrayList<>();
    private long writes;
    private Costs costs = Costs.NONE;
    private Costs costsOfSweeps = Costs.NONE;

    Tally(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    /** Takes what a round has shown: nanoseconds for each write, and what was done beside the writes. */
    void add(double nanos, long written, boolean sweep, Costs done) {
        times.add(nanos);
        swept.add(sweep);
        if (sweep) {
            costsOfSweeps = costsOfSweeps.and(done);
        } else {
            writes += written;
            costs = costs.and(done);
        }
    }

    int rounds() {
        return times.size();
    }

    /** Nanoseconds for each write in a round, counted from 0. */
    double nanos(int round) {
        return times.get(round);
    }

    double median() {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    /** Whether a sweep was begun and ended in a round. */
    boolean swept(int round) {
        return swept.get(round);
    }

    int sweeps() {
        return (int) swept.stream().filter(each -> each).count();
    }

    /** How many writes there were in the rounds without a sweep. */
    long writes() {
        return writes;
    }

    Costs costs() {
        return costs;
    }

    Costs costsOfSweeps() {
        return costsOfSweeps;
    }
}
