package dev.lockstep.cli;

import java.util.List;
import java.util.function.Function;

/** The command line of whatever Lockstep this class is loaded with: arguments in; exit code, output and errors out. */
public final class CommandLineOfOne implements Function<List<String>, List<String>> {
    /** Nothing was given yet. */
    public CommandLineOfOne() {
        // What it needs it is given.
    }

    @Override
    public List<String> apply(List<String> arguments) {
        Run run = Run.lockstep(arguments.toArray(String[]::new));
        return List.of("" + run.exitCode(), run.out(), run.err());
    }
}
