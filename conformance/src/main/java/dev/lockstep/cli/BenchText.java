package dev.lockstep.cli;

import dev.lockstep.bench.BenchResult;
import dev.lockstep.bench.CrashFigure;
import dev.lockstep.bench.Figure;
import dev.lockstep.bench.Load;
import dev.lockstep.bench.Ratio;
import dev.lockstep.bench.ScaleFigure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, for a reader. */
final class BenchText {
    private static final String BARE = "bare";

    private BenchText() {
    }

    static String of(BenchResult result, boolean quick) {
        StringBuilder text = new StringBuilder("bench: throughput as a ratio, median of " + result.rounds()
                + " interleaved rounds [interval of the median, 95 %]\n");
        if (quick) {
            text.append("QUICK: too few and too short rounds for a verdict\n");
        }
        text.append("""
                bare: two FileChannels written in turn by the same number of threads. In each round they are measured next to the mirror,
                on the same two files; bare's own line is bare against itself, on two files of its own: the noise.
                against NeverClean: a volume of its own on the same two files, in the same round; NeverClean's own line is the noise.
                All files were written once before and stay in the page cache: what is measured is the copying into it, the system
                calls and the mirror's own work, and no disk, save where there are flushes (forces), which do reach it.
                log w/f, leg f: log writes, log forces and leg forces in the rounds without a sweep, of how many writes.
                sweep: against bare, in the rounds in which a sweep began and ended while it was measured.
                """);
        Map<Load, List<Figure>> byLoad = new LinkedHashMap<>();
        result.ratios().forEach(figure -> byLoad.computeIfAbsent(figure.load(), first -> new ArrayList<>()).add(figure));
        byLoad.forEach((load, figures) -> text.append('\n').append(load).append(String.format(Locale.ROOT, " (bare: %.1f us a write)\n",
                figures.get(0).microseconds())).append(table(figures)));
        text.append("\nafter a process was killed, by Runtime.halt, having written 128 regions of 512 KiB and, once they could be marked clean,"
                + " 4 of them again\n").append(crashes(result.crashes()));
        text.append("\nclean but for one region, regions of 512 KiB, legs sparse; a process of its own with -Xmx48m\n").append(scales(result.scales()));
        text.append('\n').append(BenchVerdicts.of(result).stream().collect(Collectors.joining("\n"))).append('\n');
        return text.toString();
    }

    private static String table(List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "against bare", "against NeverClean", "sweep", "log w/f", "leg f", "writes"));
        for (Figure each : figures) {
            boolean bare = each.target().equals(BARE);
            rows.add(List.of(each.target(), text(each.againstBare()), bare ? "" : text(each.againstNeverClean()),
                    each.sweeps() == 0 || bare ? "" : String.format(Locale.ROOT, "%.2f", each.duringSweeps()),
                    bare ? "" : each.costs().logWrites() + "/" + each.costs().logForces(), bare ? "" : "" + each.costs().legForces(),
                    "" + each.writes()));
        }
        return new Columns(rows).text(3, 6);
    }

    static String text(Ratio ratio) {
        return String.format(Locale.ROOT, "%.2f [%.2f %.2f]", ratio.median(), ratio.low(), ratio.high());
    }

    private static String crashes(List<CrashFigure> crashes) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "written KiB", "regions out of sync", "resynced KiB", "against NeverClean"));
        long never = crashes.stream().filter(each -> each.policy().equals("NeverClean")).mapToLong(CrashFigure::bytes).findFirst().orElse(0);
        for (CrashFigure each : crashes) {
            rows.add(List.of(each.policy(), "" + each.written() / 1024, "" + each.regions(), "" + each.bytes() / 1024,
                    never == 0 ? "-" : String.format(Locale.ROOT, "%.3f", (double) each.bytes() / never)));
        }
        return new Columns(rows).text(1, 4);
    }

    private static String scales(List<ScaleFigure> scales) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "regions", "opened in s", "heap in use KiB", "sweep us", "status us"));
        for (ScaleFigure each : scales) {
            rows.add(List.of((each.bytes() >> 30) + " GiB", "" + each.regions(), String.format(Locale.ROOT, "%.3f", each.openSeconds()),
                    "" + each.heapBytes() / 1024, String.format(Locale.ROOT, "%.1f", each.sweepMicroseconds()),
                    String.format(Locale.ROOT, "%.1f", each.statusMicroseconds())));
        }
        return new Columns(rows).text(1, 5);
    }
}
