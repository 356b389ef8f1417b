package dev.lockstep.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry of the command line. */
@Command(name = "lockstep", mixinStandardHelpOptions = true, versionProvider = Versions.class, sortOptions = false,
        synopsisSubcommandLabel = "VERB",
        description = "Holds a mirrored volume to its specification, in both directions.",
        commandListHeading = "%nVerbs:%n",
        footer = {"", "Exit codes: 0 all as expected, 1 a fault of Lockstep, 2 a mistake in what",
            "was given, 3 an unexpected finding, 4 what was required could not run here."})
public final class Lockstep implements Runnable {
    @Spec
    private CommandSpec spec;

    private Lockstep() {
    }

    /** Runs a verb and ends this process: TLC leaves threads behind that would keep it alive. */
    public static void main(String... arguments) {
        System.exit(run(Console.system(), arguments));
    }

    /**
     * Runs a verb as {@link #main} does, and comes back.
     *
     * @return its {@link ExitCode}
     */
    public static int run(Console console, String... arguments) {
        return run(console, verbs(console), arguments);
    }

    /** Runs one of these verbs. */
    static int run(Console console, List<Object> verbs, String... arguments) {
        CommandLine line = new CommandLine(new Lockstep());
        verbs.forEach(line::addSubcommand);
        line.setOut(console.out()).setErr(console.err());
        line.setParameterExceptionHandler((mistake, given) -> Failures.tell(mistake, console.err()));
        line.setExecutionExceptionHandler((failure, verb, given) -> Failures.tell(failure, console.err()));
        try {
            return line.execute(arguments);
        } catch (Error e) {
            // Out of memory, say: scripts must be able to tell it from a mistake of the user's.
            return Failures.tell(e, console.err());
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    /** Returns every verb, in the order of the help text. */
    private static List<Object> verbs(Console console) {
        return List.of(new AuditVerb(console), new CheckVerb(console), new ReplayVerb(console), new ExplainVerb(console),
                new ValidateVerb(console), new MutantsVerb(console), new CrashVerb(console), new BenchVerb(console), VolumeVerb.line(console));
    }

    /** Complains: a verb is missing. */
    @Override
    public void run() {
        String verbs = spec.subcommands().keySet().stream().collect(Collectors.joining(", "));
        throw new ParameterException(spec.commandLine(), "a verb was expected: " + verbs);
    }
}
