package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options of the commands that open a volume. */
final class UseOptions {
    @Option(names = "--policy", paramLabel = "POLICY", defaultValue = "BounceCopy",
            description = "When a region may be marked clean, and what the legs read (default: ${DEFAULT-VALUE}).")
    private String policy;

    @Option(names = "--events", paramLabel = "FILE",
            description = "A file to which what happens is added, a line of JSON each: time (UTC), event, leg and region (where it is "
                    + "about one), sentence; and at the end a line with time and counters.")
    private Optional<Path> events = Optional.empty();

    /**
     * Returns the file for the events, if they are asked for. It need not be there.
     *
     * @throws UserMistake if it could not be written
     */
    Optional<Path> events() {
        events.ifPresent(file -> {
            Path folder = file.toAbsolutePath().getParent();
            boolean there = Files.exists(file);
            if (there ? Files.isDirectory(file) || !Files.isWritable(file) : !Files.isDirectory(folder) || !Files.isWritable(folder)) {
                throw new UserMistake("--events " + file + " cannot be written: a file was expected that can be, or a folder that is there "
                        + "to make it in");
            }
        });
        return events;
    }

    /**
     * Returns the policy.
     *
     * @throws UserMistake if there is no such policy
     */
    Policy policy() {
        return Policy.named(policy).orElseThrow(() -> new UserMistake("there is no policy " + policy + ": one of "
                + Policy.all().stream().map(Policy::name).collect(Collectors.joining(", ")) + " was expected"));
    }
}
