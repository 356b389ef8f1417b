package dev.lockstep.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a run of the command line came to. */
record CommandLineRun(int exitCode, String out, String err) {
    static CommandLineRun of(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Lockstep.run(new Console(new PrintWriter(out), new PrintWriter(err), false),
                arguments.toArray(String[]::new));
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }
}
