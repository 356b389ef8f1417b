package dev.lockstep.replay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.lockstep.trace.Label;
import java.util.Optional;

/**
 * One thing in which the mirror is not as the model says.
 *
 * @param variable the variable; or {@code enabled}, if it is what can be done next
 * @param expected what the model says
 * @param observed what the mirror shows
 * @param action   the action that can be done, or cannot, other than the model says; none if it is a variable
 */
public record Difference(String variable, String expected, String observed, @JsonIgnore Optional<Label> action) {

    /** A variable that differs. */
    static Difference of(String variable, String expected, String observed) {
        return new Difference(variable, expected, observed, Optional.empty());
    }

    /** An action that can be done, or cannot, other than the model says. */
    static Difference enabled(Label action, String expected, String observed) {
        return new Difference("enabled", expected, observed, Optional.of(action));
    }
}
