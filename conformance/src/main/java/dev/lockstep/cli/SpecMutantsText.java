package dev.lockstep.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the mutants of the spec, for a reader. */
final class SpecMutantsText {
    private final SpecMutantsResult result;

    SpecMutantsText(SpecMutantsResult result) {
        this.result = result;
    }

    String write() {
        StringBuilder text = new StringBuilder();
        Map<String, List<SpecMutantsResult.Killed>> byAction = new LinkedHashMap<>();
        result.kills().forEach(kill -> byAction.computeIfAbsent(kill.words().action(), each -> new ArrayList<>()).add(kill));
        byAction.forEach((action, kills) -> {
            text.append(action).append('\n');
            int width = kills.stream().mapToInt(kill -> shortId(kill).length()).max().orElse(0);
            kills.forEach(kill -> text.append(String.format("  %-" + width + "s  %s%n", shortId(kill), kill.kill())));
        });
        result.notASpec().forEach(each -> {
            append(text, "NOT A SPEC", each.words());
            text.append("            ").append(each.error()).append('\n');
        });
        result.survivors().forEach(each -> {
            append(text, each.recorded() ? "survives" : "SURVIVED", each.words());
            text.append("            ").append(each.reason()).append('\n');
            each.notes().forEach(note -> text.append("            ").append(note).append('\n'));
        });
        result.stale().forEach(each -> text.append("STALE       what is recorded of ").append(each.id()).append(": ")
                .append(each.reason()).append('\n'));
        long properties = result.kills().stream().filter(kill -> kill.kill().by().equals("property")).count();
        return text.append(result.killed()).append(" of ").append(result.mutants()).append(" mutants of the spec killed, ")
                .append(properties).append(" by a property and ").append(result.killed() - properties).append(" by the replay; ")
                .append(result.survivors().size()).append(" survive, ").append(result.notASpec().size())
                .append(" cannot be evaluated\n").toString();
    }

    private static String shortId(SpecMutantsResult.Killed kill) {
        return kill.words().id().substring(kill.words().action().length() + 1);
    }

    private static void append(StringBuilder text, String fate, SpecMutantsResult.Words words) {
        text.append(String.format("%-12s", fate)).append(words.id()).append(", line ").append(words.line()).append(": ")
                .append(words.before()).append("  ->  ").append(words.after()).append('\n');
    }
}
