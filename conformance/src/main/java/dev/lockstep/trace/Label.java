package dev.lockstep.trace;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a step does: an action of the spec with its parameters. Choices that an action makes inside (which writes a
 * power cut keeps) are not part of the label; they show in the state after the step only.
 *
 * @param action name of the action in the spec
 * @param arguments its parameters in the order of the action's definition; unmodifiable
 */
public record Label(String action, List<Value> arguments) {
    /** Copies the arguments; refuses null. */
    public Label {
        Objects.requireNonNull(action, "action");
        arguments = List.copyOf(arguments);
    }

    /** Makes a label. */
    public static Label of(String action, Value... arguments) {
        return new Label(action, List.of(arguments));
    }

    /** Returns {@code LegWrite(0, 0, 1)}, or {@code Kill} for an action without parameters. */
    @Override
    public String toString() {
        return arguments.isEmpty() ? action
                : arguments.stream().map(Value::toString).collect(Collectors.joining(", ", action + "(", ")"));
    }
}
