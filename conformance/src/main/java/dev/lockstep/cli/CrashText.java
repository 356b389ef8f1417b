package dev.lockstep.cli;

import dev.lockstep.crash.CrashRun;
import java.util.ArrayList;
import java.util.List;

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
        runs.forEach(run -> run.failures().forEach(failure ->
                text.append('\n').append("FINDING ").append(run.policy()).append(": ").append(failure).append('\n')));
        return text.toString();
    }
}
