package dev.lockstep.guest;

import java.util.List;

/**
 * How a command in the guest ended.
 *
 * @param exitCode its exit code; 128 and the signal's number if it was killed
 * @param output   what it printed, standard error included, by line
 */
public record CommandResult(int exitCode, List<String> output) {
    /** Copies the list. */
    public CommandResult {
        output = List.copyOf(output);
    }

    /** {@return what it printed, as one text} */
    public String text() {
        return String.join("\n", output);
    }
}
