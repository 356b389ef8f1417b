package dev.lockstep.cli;

import dev.lockstep.volume.FileVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code volume replace-leg}. */
@Command(name = "replace-leg", sortOptions = false,
        description = "Puts another file or device in the place of a leg, and resyncs every region to it. The legs have to carry labels.")
final class VolumeReplaceLeg extends VolumeUser {
    @Option(names = "--number", required = true, paramLabel = "LEG", description = "Which leg, counted from 0.")
    private int number;

    @Parameters(paramLabel = "FILE", description = "The new leg; made, if it is not there. What it holds is lost.")
    private Path file;

    VolumeReplaceLeg(Console console) {
        super(console);
    }

    @Override
    boolean takesDistrustedLog() {
        // What this is for may be why it is distrusted: a leg that was put back.
        return true;
    }

    @Override
    Optional<Path> ownFile() {
        return Optional.of(file);
    }

    /** Opening and replacing check it too; but then a new generation has begun. */
    @Override
    void check(FoundVolume found) throws IOException {
        found.requireLabels("replaced");
        found.requireLeg("--number", number);
        found.requireAnother(number);
        NewLegFile.check(found, file, number);
    }

    @Override
    Did use(FileVolume open, FoundVolume found, Progress progress) throws IOException {
        open.replaceLeg(number, file);
        VolumeResync.Done done = VolumeResync.resync(open, 0, progress);
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("number", number);
        keys.put("file", file.toString());
        keys.putAll(done.keys());
        return new Did(Ending.AS_EXPECTED, keys, file + " is leg " + number + " now, in the place of " + found.files().legs().get(number)
                + "\n" + done.text(open, ""));
    }
}
