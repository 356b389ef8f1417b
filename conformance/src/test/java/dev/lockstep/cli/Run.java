package dev.lockstep.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A run of the command line, as a script sees it. */
record Run(int exitCode, String out, String err) {
    static Run lockstep(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Lockstep.run(new Console(new PrintWriter(out), new PrintWriter(err), false), arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
