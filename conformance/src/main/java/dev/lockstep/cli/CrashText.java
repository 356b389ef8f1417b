package dev.lockstep.cli;

import dev.lockstep.crash.CrashRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a crash tier found, for a reader. */
final class CrashText {
    private CrashText() {
    }

    static String of(List<CrashRun> runs) {
        if (runs.isEmpty()) {
            return "";
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("policy", "log", "crashes", "desyncs", "lost", "resync KiB"));
        head.addAll(runs.get(0).figures().keySet());
        rows.add(head);
        for (CrashRun run : runs) {
            List<String> row = new ArrayList<>(List.of(run.policy(), run.logFormat(), "" + run.cycles(), "" + run.desyncs(),
                    "" + run.lostAcknowledged(), "" + run.resyncBytes() / 1024));
            head.stream().skip(6).forEach(name -> row.add(run.figures().containsKey(name) ? "" + run.figures().get(name) : "-"));
            rows.add(row);
        }
        StringBuilder text = new StringBuilder("crash, tier " + runs.get(0).tier() + "\n\n");
        text.append(new Columns(rows).text(2, head.size() - 1));
        workloads(runs, text);
        runs.forEach(run -> run.failures().forEach(failure ->
                text.append('\n').append("FINDING ").append(run.policy()).append(": ").append(failure).append('\n')));
        return text.toString();
    }

    /** How many crashes there were by what the workload was about, a column for each format of a log. */
    private static void workloads(List<CrashRun> runs, StringBuilder text) {
        Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
        List<String> formats = runs.stream().map(CrashRun::logFormat).distinct().toList();
        runs.forEach(run -> run.workloads().forEach((name, more) ->
                counts.computeIfAbsent(name, each -> new HashMap<>()).merge(run.logFormat(), more, Long::sum)));
        if (counts.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("crashes of"));
        head.addAll(formats);
        rows.add(head);
        counts.forEach((name, of) -> {
            List<String> row = new ArrayList<>(List.of(name));
            formats.forEach(format -> row.add(of.containsKey(format) ? "" + of.get(format) : "-"));
            rows.add(row);
        });
        text.append('\n').append(new Columns(rows).text(1, head.size() - 1));
    }
}
