package dev.lockstep.report;

import java.util.List;
import java.util.Optional;

/**
 * The first step at which the mirror did something else than the spec says.
 *
 * @param trace id of the trace
 * @param step number of the step in it
 * @param prefix labels of the steps that lead there
 * @param specModule where the action is defined; line 0 if it was not found
 * @param javaClass what performed the step, empty if it is another mirror; line 0 if its source is not at hand
 * @param command what replays it
 * @param again whether it was seen again on a new volume, so that the command shows it
 * @param diagram the steps that lead there, to be drawn
 */
record Divergence(String trace, long step, String action, List<Difference> differences, List<String> prefix,
        String specModule, long specLine, String javaClass, String javaMethod, long javaLine, String command,
        boolean again, Optional<Diagram> diagram) {
    /** A variable whose observed value is not the expected one; values in TLA+. */
    record Difference(String variable, String expected, String observed) {
        static Difference of(Entry json) {
            return new Difference(json.text("variable"), json.text("expected"), json.text("observed"));
        }
    }

    static Divergence of(Entry json) {
        Entry spec = json.at("spec");
        Entry method = json.at("method");
        boolean own = !method.missing();
        // The contract says "class"; a Java record cannot have a component of that name.
        String javaClass = own ? method.maybeText("className").orElseGet(() -> method.text("class")) : "";
        return new Divergence(json.text("trace"), json.number("step"), json.text("action"),
                json.list("differences", Difference::of), json.texts("prefix"), spec.text("module"),
                spec.number("line"), javaClass, own ? method.text("name") : "", own ? method.number("line") : 0,
                json.text("command"), json.at("again").missing() || json.flag("again"), Diagram.of(json, "steps", "loop"));
    }
}
