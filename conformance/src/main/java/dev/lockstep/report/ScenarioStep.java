package dev.lockstep.report;

import java.util.List;
import java.util.Optional;

/**
 * A step of a scenario and what was found after it.
 *
 * @param seed ids of the mail's sentences that it stands for
 * @param method the Java method that performed it
 * @param bit what the log says of the region
 * @param harm whether this is the step that does the harm
 */
record ScenarioStep(long number, String action, String actor, String meaning, List<String> seed,
        Optional<String> method, Bytes leg0, Bytes leg1, Optional<Bytes> page, Optional<String> state, String bit,
        boolean harm) {
    static ScenarioStep of(Entry json) {
        return new ScenarioStep(json.number("number"), json.text("action"), json.text("actor"), json.text("meaning"),
                json.texts("seed"), json.maybeText("method"), Bytes.of(json.at("leg0")), Bytes.of(json.at("leg1")),
                json.maybe("page", Bytes::of), json.maybeText("state"), json.text("bit"), json.flag("harm"));
    }

    /** Returns the action's name without its parameters. */
    String actionName() {
        return actionName(action);
    }

    static String actionName(String label) {
        int end = label.indexOf('(');
        return end < 0 ? label : label.substring(0, end);
    }
}
