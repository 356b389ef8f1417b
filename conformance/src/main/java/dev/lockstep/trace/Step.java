package dev.lockstep.trace;

import java.util.Map;
import java.util.Objects;

/**
 * One step of a trace.
 *
 * @param label the action that is taken
 * @param post every variable of the spec after it; unmodifiable, by ascending name
 */
public record Step(Label label, Map<String, Value> post) {
    /** Copies the state; refuses null. */
    public Step {
        Objects.requireNonNull(label, "label");
        post = States.copy(post);
    }
}
