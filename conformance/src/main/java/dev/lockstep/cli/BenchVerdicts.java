package dev.lockstep.cli;

import dev.lockstep.bench.BenchResult;
import dev.lockstep.bench.Figure;
import dev.lockstep.bench.Load;
import dev.lockstep.bench.Ratio;
import dev.lockstep.bench.ScaleFigure;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What was measured, held against what is asked of the mirror. */
final class BenchVerdicts {
    private static final int IN_FLIGHT = 16;
    private static final double OPEN_SECONDS = 1;

    private final BenchResult result;

    private BenchVerdicts(BenchResult result) {
        this.result = result;
    }

    /** A line for each; the worst of the loads that it is about is the one that counts. */
    static List<String> of(BenchResult result) {
        BenchVerdicts verdicts = new BenchVerdicts(result);
        List<String> lines = new ArrayList<>();
        for (boolean copies : List.of(false, true)) {
            verdicts.againstBare(64 << 10, 0.90, copies).ifPresent(lines::add);
            verdicts.againstBare(4 << 10, 0.85, copies).ifPresent(lines::add);
        }
        for (String policy : List.of("MaybeDirty", "CompareLegs")) {
            verdicts.againstNeverClean(policy, 0.95).ifPresent(lines::add);
        }
        verdicts.logWrites().ifPresent(lines::add);
        result.scales().stream().max(Comparator.comparing(ScaleFigure::bytes)).ifPresent(largest -> lines.add(String.format(Locale.ROOT,
                "%s: %d GiB opened in less than %.0f s with -Xmx48m: %.3f s", largest.openSeconds() < OPEN_SECONDS ? "met" : "NOT MET",
                largest.bytes() >> 30, OPEN_SECONDS, largest.openSeconds())));
        return lines;
    }

    private Stream<Figure> warm() {
        return result.ratios().stream().filter(figure -> figure.load().warm() && figure.load().flushEvery() == 0);
    }

    private Optional<String> againstBare(int block, double target, boolean copies) {
        return worst(figure -> figure.load().block() == block && figure.load().inFlight() == IN_FLIGHT && copies(figure) == copies,
                target, String.format(Locale.ROOT, "%swarm, no flush, %d KiB, %d in flight, at least %.2f of bare",
                        copies ? "copying each page, " : "", block >> 10, IN_FLIGHT, target));
    }

    /**
     * The lowest of many medians says little of a load, as each of them errs now and then. It is met if that is; it is not if the whole interval
     * of a load's median lies below; else this run has shown neither, and says so.
     */
    private Optional<String> againstNeverClean(String policy, double target) {
        List<Figure> figures = warm().filter(figure -> figure.target().equals(policy)).toList();
        List<Figure> below = figures.stream().filter(figure -> figure.againstNeverClean().high() < target).toList();
        return (below.isEmpty() ? figures : below).stream().min(Comparator.comparingDouble(figure -> figure.againstNeverClean().median()))
                .map(worst -> (!below.isEmpty() ? "NOT MET" : worst.againstNeverClean().median() >= target ? "met"
                        : "NOT SHOWN") + ": " + policy + ", warm, no flush, at least " + String.format(Locale.ROOT, "%.2f", target)
                        + " of NeverClean: worst " + BenchText.text(worst.againstNeverClean()) + " (" + worst.load() + ")");
    }

    private static boolean copies(Figure figure) {
        return Policy.named(figure.target()).filter(policy -> policy.legsRead() == LegsRead.COPIED).isPresent();
    }

    private Optional<String> worst(Predicate<Figure> which, double target, String asked) {
        return warm().filter(figure -> !figure.target().equals("bare")).filter(which)
                .min(Comparator.comparingDouble(figure -> figure.againstBare().median())).map(worst -> {
                    Ratio found = worst.againstBare();
                    Ratio noise = noise(worst.load());
                    String verdict = found.median() >= target ? "met" : noise.low() < target ? "short, as the noise is" : "NOT MET";
                    return verdict + ": " + asked + ": worst " + BenchText.text(found) + " (" + worst.target() + ", " + worst.load()
                            + "; noise " + BenchText.text(noise) + ")";
                });
    }

    private Ratio noise(Load load) {
        return result.ratios().stream().filter(figure -> figure.load().equals(load) && figure.target().equals("bare")).findFirst()
                .orElseThrow().againstBare();
    }

    private Optional<String> logWrites() {
        long writes = warm().filter(figure -> !figure.target().equals("bare")).mapToLong(Figure::writes).sum();
        long logWrites = warm().mapToLong(figure -> figure.costs().logWrites()).sum();
        return writes == 0 ? Optional.empty() : Optional.of((logWrites == 0 ? "met" : "NOT MET")
                + ": no log write on a region that is already dirty: " + logWrites + " log writes in " + writes + " writes");
    }
}
