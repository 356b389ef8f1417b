package dev.lockstep.cli;

import dev.lockstep.report.ReportException;
import dev.lockstep.store.StoreException;
import dev.lockstep.tlc.SpecException;
import dev.lockstep.trace.FormatException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells the user what went wrong: a mistake of the user's in one sentence, a fault of ours with all that helps to find
 * it.
 */
final class Failures {
    /** What these say is written for the user, and is about what the user gave. */
    private static final List<Class<? extends Exception>> MISTAKES = List.of(
            UserMistake.class, FormatException.class, SpecException.class, ReportException.class, StoreException.class);

    private Failures() {
    }

    /** Prints what an exception means; returns the exit code. */
    static int tell(Throwable failure, PrintWriter err) {
        if (MISTAKES.stream().anyMatch(mistake -> mistake.isInstance(failure))) {
            err.println("lockstep: " + failure.getMessage());
            err.flush();
            return ExitCode.USAGE;
        }
        err.println("lockstep: something went wrong that should not have: " + oneLine(failure));
        failure.printStackTrace(err);
        err.flush();
        return ExitCode.INTERNAL;
    }

    /** Prints what is wrong with the arguments; returns the exit code. */
    static int tell(ParameterException mistake, PrintWriter err) {
        String verb = mistake.getCommandLine().getCommandSpec().qualifiedName();
        err.println("lockstep: " + sentence(mistake) + "; see " + verb + " --help");
        err.flush();
        return ExitCode.USAGE;
    }

    private static String sentence(ParameterException mistake) {
        boolean atRoot = mistake.getCommandLine().getParent() == null;
        if (atRoot && mistake instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            List<String> near = unmatched.getSuggestions();
            return "there is no verb " + unmatched.getUnmatched().get(0)
                    + (near.isEmpty() ? "" : ", but there is " + String.join(", ", near));
        }
        String first = mistake.getMessage().lines().findFirst().orElse("the arguments cannot be used").strip();
        return first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    }
}
