package dev.lockstep.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a run of the command line came to. */
record CommandLineRun(int exitCode, String out, String err) {
    static CommandLineRun of(List<String> arguments) {
        return of(arguments, new byte[0], OutputStream.nullOutputStream());
    }

    /** Runs it with these bytes piped in, and those that come out kept. */
    static CommandLineRun of(List<String> arguments, byte[] in, OutputStream bytesOut) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Lockstep.run(new Console(new PrintWriter(out), new PrintWriter(err), false, new ByteArrayInputStream(in), bytesOut),
                arguments.toArray(String[]::new));
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }
}
