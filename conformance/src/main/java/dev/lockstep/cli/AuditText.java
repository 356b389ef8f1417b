package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What an audit found, in a few lines. */
final class AuditText {
    private static final String BUG = "NoDesync";
    /** The tiers of crashes that are of policies, and what a crash of each is called. */
    private static final Map<String, String> CRASHES = crashNames();

    private AuditText() {
    }

    private static Map<String, String> crashNames() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(CrashTier.KILL.toString(), "kills");
        names.put(CrashTier.FLAKEY.toString(), "power cuts");
        names.put(CrashTier.ENUMERATE.toString(), "states");
        return names;
    }

    /** Returns what an audit ends by saying. */
    static String of(Map<String, JsonNode> found, List<AuditVerb.Tier> tiers, Path report) {
        StringBuilder text = new StringBuilder();
        JsonNode check = found.get("check");
        OptionalInt steps = stepsToBug(check);
        text.append(steps.isPresent() ? "bug found in " + steps.getAsInt() + " steps: TLC, policy Original, " + BUG + "\n"
                : "bug NOT found: TLC, policy Original, " + BUG + "\n");
        JsonNode left = first(found.get("scenario").path("runs"), "policy", "Original").path("outcome");
        text.append("forced on the mirror, under a bit that says ").append(left.path("bitAfterCrash").asText()).append(":\n")
                .append("  leg 0  ").append(left.path("leg0").asText()).append('\n')
                .append("  leg 1  ").append(left.path("leg1").asText()).append('\n');
        JsonNode idea = first(found.get("scenario").path("runs"), "policy", "MaybeDirty").path("outcome");
        text.append("the same steps under MaybeDirty: the legs are ").append(idea.path("legsEqual").asBoolean() ? "equal" : "NOT EQUAL")
                .append('\n');
        int expected = 0;
        for (JsonNode model : check.path("models")) {
            // There may be several sentences about one model.
            expected += model.path("unexpected").isEmpty() ? 1 : 0;
        }
        text.append(expected).append(" of ").append(check.path("models").size()).append(" verdicts as expected\n");
        text.append(replayed(found.get("replay")));
        text.append(validated(found.get("validate")));
        text.append(crashes(found));
        text.append(outcomes(found));
        tiers.stream().filter(tier -> tier.result().equals(Ending.FINDING.toString()))
                .forEach(tier -> text.append("FINDING in ").append(tier.name()).append('\n'));
        tiers.stream().filter(tier -> tier.result().equals(Ending.NOT_RUN.toString()))
                .forEach(tier -> text.append("NOT RUN: ").append(tier.name()).append(". ").append(tier.why()).append('\n'));
        return text.append("report: ").append(report).append('\n').toString();
    }

    /** The steps of the shortest counterexample: one less than its states. */
    private static OptionalInt stepsToBug(JsonNode check) {
        return StreamSupport.stream(check.path("models").spliterator(), false)
                .filter(model -> model.path("policy").asText().equals("Original") && model.path("property").asText().equals(BUG))
                .mapToInt(model -> model.path("counterexampleLength").asInt() - 1).filter(steps -> steps >= 0).min();
    }

    /** What the crashes of policies came to; nothing if none was made. */
    private static String crashes(Map<String, JsonNode> found) {
        List<String> crashes = new ArrayList<>();
        Set<String> desynced = new LinkedHashSet<>();
        long lost = 0;
        for (Map.Entry<String, String> tier : CRASHES.entrySet()) {
            JsonNode runs = found.containsKey(tier.getKey()) ? found.get(tier.getKey()).path("runs") : Json.MAPPER.createArrayNode();
            if (!runs.isEmpty()) {
                long cycles = 0;
                for (JsonNode run : runs) {
                    cycles += run.path("cycles").asLong();
                    lost += run.path("lostAcknowledged").asLong();
                    if (run.path("desyncs").asLong() > 0) {
                        desynced.add(run.path("policy").asText());
                    }
                }
                crashes.add(String.format(Locale.ROOT, "%,d %s", cycles, tier.getValue()));
            }
        }
        return crashes.isEmpty() ? "" : "crash: " + String.join(", ", crashes) + "; "
                + (desynced.isEmpty() ? "no desyncs" : "desyncs under " + String.join(", ", desynced) + " only") + "; "
                + (lost == 0 ? "nothing acknowledged lost" : "acknowledged data LOST in " + lost) + "\n";
    }

    /** Of what the specification allows crashes of recorded mirrors to leave, what was found; nothing if nothing was recorded. */
    private static String outcomes(Map<String, JsonNode> found) {
        List<String> tiers = new ArrayList<>();
        long rejected = 0;
        for (String tier : CRASHES.keySet()) {
            JsonNode recorded = found.containsKey(tier) ? found.get(tier).path("recorded") : Json.MAPPER.createObjectNode();
            if (recorded.isObject() && !recorded.isEmpty()) {
                tiers.add(String.format(Locale.ROOT, "%s %,d of %,d", tier, recorded.path("found").asLong(), recorded.path("allowed").asLong()));
                rejected += recorded.path("rejected").asLong();
            }
        }
        return tiers.isEmpty() ? "" : "outcomes of crashes that were found, of those that the specification allows: " + String.join(", ", tiers) + "; recordings with others: "
                + rejected + "\n";
    }

    private static JsonNode first(JsonNode list, String key, String value) {
        return StreamSupport.stream(list.spliterator(), false).filter(each -> each.path(key).asText().equals(value))
                .findFirst().orElseThrow(() -> new IllegalStateException("there is no " + key + " " + value));
    }

    /** What was replayed, a line for each format of a log. */
    private static String replayed(JsonNode replay) {
        Set<String> formats = new LinkedHashSet<>();
        replay.path("policies").forEach(each -> formats.add(each.path("logFormat").asText()));
        StringBuilder lines = new StringBuilder();
        for (String format : formats) {
            lines.append(sum(replay, format, "covered")).append(" of ").append(sum(replay, format, "edges")).append(" edges replayed in ")
                    .append(sum(replay, format, "steps")).append(" steps on a ").append(format).append(" log, ")
                    .append(sum(replay, format, "divergences")).append(" divergences\n");
        }
        return lines.toString();
    }

    /** What was recorded and judged; nothing if nothing was. */
    private static String validated(JsonNode validate) {
        return validate == null ? "" : validate.path("recordings").asLong() + " recordings of the mirror running free, of "
                + validate.path("events").asLong() + " events, " + validate.path("rejected").asLong() + " rejected"
                + (validate.path("cutShort").asLong() == 0 ? "" : ", " + validate.path("cutShort").asLong() + " cut short") + killed(validate.path("crashes")) + '\n';
    }

    private static String killed(JsonNode crashes) {
        return crashes.path("crashes").asLong() == 0 ? "" : "; " + crashes.path("crashes").asLong() + " kills left " + crashes.path("found").asLong() + " of "
                + crashes.path("allowed").asLong() + " outcomes that are allowed";
    }

    private static long sum(JsonNode replay, String format, String key) {
        return StreamSupport.stream(replay.path("policies").spliterator(), false)
                .filter(each -> each.path("logFormat").asText().equals(format)).mapToLong(each -> each.path(key).asLong()).sum();
    }
}
