package dev.lockstep.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Where the command line prints.
 *
 * @param out for what was asked for
 * @param err for everything else
 * @param terminal whether a person watches, who gets to see a line of progress
 * @param bytesIn what is piped in: bytes, not text
 * @param bytesOut where bytes go that are no text, in place of what is printed to {@code out}
 */
public record Console(PrintWriter out, PrintWriter err, boolean terminal, InputStream bytesIn, OutputStream bytesOut) {
    /** Makes one into which nothing is piped, and which keeps no bytes. */
    public Console(PrintWriter out, PrintWriter err, boolean terminal) {
        this(out, err, terminal, InputStream.nullInputStream(), OutputStream.nullOutputStream());
    }

    /** Returns this process's own. What is printed is UTF-8 whatever the locale: the results hold arrows and dashes. */
    public static Console system() {
        return new Console(writer(FileDescriptor.out), writer(FileDescriptor.err), isTerminal(),
                new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    }

    /** Returns one for a verb that is run by another verb: progress and mistakes are shown, what it found is not. */
    public Console withoutOutput() {
        return new Console(new PrintWriter(Writer.nullWriter()), err, terminal);
    }

    /** Returns a line of progress; if no terminal is there, one that shows nothing. */
    Progress progress() {
        return terminal ? Progress.on(err) : Progress.none();
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there is a console in a pipe too, and it can say what it is.
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
