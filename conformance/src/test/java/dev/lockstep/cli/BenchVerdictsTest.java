package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.bench.BenchResult;
import dev.lockstep.bench.Costs;
import dev.lockstep.bench.Figure;
import dev.lockstep.bench.Load;
import dev.lockstep.bench.Ratio;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchVerdictsTest {
    private static final Load SMALL = new Load(4 << 10, true, 16, 0, true);
    private static final Load LARGE = new Load(64 << 10, true, 16, 0, true);
    private static final Costs FREE = new Costs(0, 0, 0);
    private static final Ratio ONE = new Ratio(1, 0.97, 1.03);

    @Test
    void theWorstLoadCountsAgainstTheBareFiles() {
        assertThat(verdicts(figure(SMALL, "Original", new Ratio(0.86, 0.8, 0.9), ONE), figure(SMALL, "MaybeDirty", ONE, ONE)))
                .anyMatch(line -> line.startsWith("met: warm, no flush, 4 KiB, 16 in flight, at least 0.85 of bare: worst 0.86 [0.80 0.90] (Original"));
        assertThat(verdicts(figure(SMALL, "Original", new Ratio(0.84, 0.8, 0.9), ONE)))
                .anyMatch(line -> line.startsWith("NOT MET: warm, no flush, 4 KiB"));
    }

    @Test
    void noiseBelowTheTargetIsSaid() {
        Figure noisy = figure(SMALL, "bare", new Ratio(1, 0.8, 1.2), ONE);

        assertThat(BenchVerdicts.of(new BenchResult(41, List.of(noisy, figure(SMALL, "Original", new Ratio(0.84, 0.8, 0.9), ONE)), List.of(),
                List.of()))).anyMatch(line -> line.startsWith("short, as the noise is: warm, no flush, 4 KiB"));
    }

    @Test
    void whatAnIntervalReachesIsNotShownAndWhatItDoesNotIsNotMet() {
        Figure unclear = figure(SMALL, "MaybeDirty", ONE, new Ratio(0.9, 0.8, 0.96));
        Figure clearly = figure(LARGE, "MaybeDirty", ONE, new Ratio(0.94, 0.93, 0.944));

        assertThat(verdicts(unclear)).contains("NOT SHOWN: MaybeDirty, warm, no flush, at least 0.95 of NeverClean: worst "
                + "0.90 [0.80 0.96] (" + SMALL + ")");
        assertThat(verdicts(unclear, clearly)).contains("NOT MET: MaybeDirty, warm, no flush, at least 0.95 of NeverClean: worst "
                + "0.94 [0.93 0.94] (" + LARGE + ")");
        assertThat(verdicts(figure(SMALL, "MaybeDirty", ONE, ONE))).contains("met: MaybeDirty, warm, no flush, at least 0.95 of NeverClean: worst "
                + "1.00 [0.97 1.03] (" + SMALL + ")");
    }

    @Test
    void aLogWriteOnADirtyRegionIsNotMet() {
        Figure writes = new Figure(SMALL, "Original", 41, 1, ONE, ONE, 0, 0, 10, new Costs(1, 0, 0), FREE);

        assertThat(verdicts(writes)).contains("NOT MET: no log write on a region that is already dirty: 1 log writes in 10 writes");
    }

    private static List<String> verdicts(Figure... mirrors) {
        List<Figure> figures = new ArrayList<>(List.of(figure(SMALL, "bare", ONE, ONE), figure(LARGE, "bare", ONE, ONE)));
        figures.addAll(List.of(mirrors));
        return BenchVerdicts.of(new BenchResult(41, figures, List.of(), List.of()));
    }

    private static Figure figure(Load load, String target, Ratio bare, Ratio neverClean) {
        return new Figure(load, target, 41, 1, bare, neverClean, 0, 0, 10, FREE, FREE);
    }
}
