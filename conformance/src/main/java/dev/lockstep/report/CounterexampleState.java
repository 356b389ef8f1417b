package dev.lockstep.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A state of a counterexample and what led to it.
 *
 * @param number 1 is the initial state
 * @param action label of the step
 */
record CounterexampleState(long number, String action, Optional<String> module, OptionalLong line,
        List<Change> changes) {
    /** A variable that the step changed; values in TLA+. In the initial state nothing is before. */
    record Change(String variable, Optional<String> from, String to) {
        static Change of(Entry json) {
            return new Change(json.text("variable"), json.maybeText("from"), json.text("to"));
        }
    }

    static CounterexampleState of(Entry json) {
        return new CounterexampleState(json.number("number"), json.text("action"), json.maybeText("module"),
                json.maybeNumber("line"), json.list("changes", Change::of));
    }
}
