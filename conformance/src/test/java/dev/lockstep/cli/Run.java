package dev.lockstep.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** A run of the command line, as a script sees it. */
record Run(int exitCode, String out, String err) {
    static Run lockstep(String... arguments) {
        return in(console -> Lockstep.run(console, arguments));
    }

    /** Runs a verb that a test has made. */
    static Run of(Function<Console, Object> verb, String... arguments) {
        return in(console -> Lockstep.run(console, List.of(verb.apply(console)), arguments));
    }

    private static Run in(ToIntFunction<Console> running) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = running.applyAsInt(new Console(new PrintWriter(out), new PrintWriter(err), false));
        return new Run(exitCode, out.toString(), err.toString());
    }
}
