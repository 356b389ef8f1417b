package dev.lockstep.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verb {@code volume}: the mirror itself. It does nothing of its own; its subcommands are verbs. */
@Command(name = "volume", mixinStandardHelpOptions = true, versionProvider = Versions.class, sortOptions = false,
        synopsisSubcommandLabel = "COMMAND", description = "The mirror itself: makes a volume, looks at it, uses it and looks after it.",
        commandListHeading = "%nCommands:%n")
final class VolumeVerb implements Runnable {
    /** What the verb is called in results, and the name of the file that they are kept in. */
    static final String NAME = "volume";

    @Spec
    private CommandSpec spec;

    private VolumeVerb() {
    }

    /** Returns the verb with its subcommands, which print there. */
    static CommandLine line(Console console) {
        return new CommandLine(new VolumeVerb())
                .addSubcommand(new VolumeCreate(console))
                .addSubcommand(new VolumeStatus(console))
                .addSubcommand(new VolumeRead(console))
                .addSubcommand(new VolumeWrite(console))
                .addSubcommand(new VolumeDiscard(console))
                .addSubcommand(new VolumeFlush(console))
                .addSubcommand(new VolumeScrub(console))
                .addSubcommand(new VolumeResync(console))
                .addSubcommand(new VolumeAddLeg(console))
                .addSubcommand(new VolumeRemoveLeg(console))
                .addSubcommand(new VolumeReplaceLeg(console))
                .addSubcommand(new VolumeReadmit(console))
                .addSubcommand(new VolumeConvertLog(console));
    }

    /** Complains: a subcommand is missing. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command was expected after volume: "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
