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
    void add(double nanos, int written, boolean sweep, Costs done) {
        times.add(nanos);
        swept.add(sweep);
        if (sweep) {
            costsOfSweeps = costsOfSweeps.and(done);
        } else {
            writes += written;
            costs = costs.and(done);
        }
    }

    /** The times of another, round by round, divided by these: how many times its throughput this one has. */
    private List<Double> against(Tally other, boolean sweepsOnly) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < times.size(); round++) {
            if (swept.get(round) || !sweepsOnly) {
                ratios.add(other.times.get(round) / times.get(round));
            }
        }
        return ratios;
    }

    Figure figure(Load load, Tally bare, Tally neverClean) {
        List<Double> sweeps = against(bare, true);
        double median = times.stream().sorted().toList().get(times.size() / 2);
        return new Figure(load, target.name(), times.size(), median / 1000, Ratio.of(against(bare, false)),
                Ratio.of(against(neverClean, false)), sweeps.size(), sweeps.isEmpty() ? 0 : Ratio.of(sweeps).median(), writes, costs,
                costsOfSweeps);
    }
}
