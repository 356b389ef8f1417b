package dev.lockstep.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A verb of the command line. A new one extends this, has a {@link Command} with its name, and stands in
 * {@link Lockstep#verbs}; the options {@code --out}, {@code --json}, {@code --help} and {@code --version}, the file with its
 * result, and its exit code come from here.
 */
@Command(mixinStandardHelpOptions = true, versionProvider = Versions.class)
abstract class Verb implements Callable<Integer> {
    private final Console console;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    /** Makes a verb that prints there. */
    Verb(Console console) {
        this.console = console;
    }

    /**
     * Does the work. Prints nothing.
     *
     * @param progress to say how far it is
     * @throws UserMistake if what the user gave cannot be used; so does any other exception that {@link Failures} knows
     * @throws IOException a fault, not the user's
     */
    abstract VerbResult run(Progress progress) throws IOException;

    /** Says whether the options ask for a result that is kept, for which the folder must be writable; mostly they do. */
    boolean keepsResult() {
        return true;
    }

    /** Returns the folder that results go to; it need not exist. */
    final ResultFolder folder() {
        return output.folder();
    }

    /** Returns where this verb prints; for a verb that runs others. */
    final Console console() {
        return console;
    }

    /** Runs the verb, keeps and prints its result, and returns the exit code. */
    @Override
    public final Integer call() throws IOException {
        if (keepsResult()) {
            folder().check();
        }
        Kept kept;
        try (Progress progress = console.progress()) {
            kept = perform(progress);
        }
        VerbResult result = kept.result();
        console.out().print(output.json() && result.body().isPresent() ? kept.json() : result.text());
        console.out().flush();
        return result.ending().exitCode();
    }

    /**
     * A result and the text of the file that it is kept in.
     *
     * @param result the result
     * @param json   the text
     */
    record Kept(VerbResult result, String json) {
    }

    /** Runs the verb and keeps its result; prints nothing. For a verb that runs others. */
    final Kept perform(Progress progress) throws IOException {
        long start = System.nanoTime();
        VerbResult result = run(progress);
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        String json = Json.text(result.json(spec.name(), seconds));
        if (result.body().isPresent()) {
            folder().write(result.file().orElse(spec.name()) + ".json", json);
        }
        return new Kept(result, json);
    }
}
