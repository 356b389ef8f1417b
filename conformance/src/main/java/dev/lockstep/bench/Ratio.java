package dev.lockstep.bench;

import java.util.List;

/**
 * A ratio that was measured in many rounds.
 *
 * @param median the median of the rounds
 * @param low    the lower end of an interval in which the true median lies with a probability of at least 95 %, from order
 *               statistics; the smallest of all where there are too few rounds for that
 * @param high   the upper end
 */
public record Ratio(double median, double low, double high) {
    private static final double OUTSIDE = 0.025;

    /** Of the ratios of each round. */
    static Ratio of(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        int count = sorted.size();
        int cut = cut(count);
        double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
        return new Ratio(median, sorted.get(cut), sorted.get(count - 1 - cut));
    }

    /** How many may be cut off at each end: fewer than that many lie on one side of the median with a probability below 2.5 %. */
    static int cut(int count) {
        double probability = Math.pow(2, -count);
        double below = 0;
        int cut = 0;
        while (cut < count / 2 && below + probability <= OUTSIDE) {
            below += probability;
            probability = probability * (count - cut) / (cut + 1);
            cut++;
        }
        return Math.max(0, cut - 1);
    }

    @Override
    public String toString() {
        return String.format("%.2f [%.2f %.2f]", median, low, high);
    }
}
