package dev.lockstep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the verb {@code replay} prints. */
final class ReplayText {
    private ReplayText() {
    }

    /** Returns the result of a replay as a table, and what is to be said beside it. */
    static String of(ReplayVerb.Result result) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("policy", "log", "states", "edges", "covered", "steps", "steps/edge", "least", "steps/s", "images", "divergences"));
        for (ReplayedPolicy each : result.policies()) {
            rows.add(List.of(each.policy(), each.logFormat(), "" + each.states(), "" + each.edges(), "" + each.covered(), "" + each.steps(),
                    String.format(Locale.ROOT, "%.2f", each.stepsPerEdge()),
                    String.format(Locale.ROOT, "%.2f", each.leastStepsPerEdge()), "" + each.stepsPerSecond(), "" + each.images(),
                    "" + each.divergences()));
        }
        StringBuilder text = new StringBuilder("replay of " + result.size() + shard(result) + ", legs and log as real files on "
                + (result.folder().equals("tmpfs") ? "tmpfs (a force there reaches no disk)" : "a disk") + "\n\n");
        text.append(new Columns(rows).text(2, rows.get(0).size() - 1));
        result.notes().forEach(note -> text.append('\n').append(note).append('\n'));
        result.policies().forEach(each -> each.finding().ifPresent(found -> text.append('\n').append(each.policy())
                .append(" on a ").append(each.logFormat()).append(" log: ").append(found.text())));
        return text.toString();
    }

    private static String shard(ReplayVerb.Result result) {
        return result.shard().equals(Shard.WHOLE.toString()) ? "" : ", shard " + result.shard() + " of each suite";
    }
}
