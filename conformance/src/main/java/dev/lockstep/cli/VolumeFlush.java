package dev.lockstep.cli;

import dev.lockstep.volume.FileVolume;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;

/** The command {@code volume flush}. */
@Command(name = "flush", sortOptions = false,
        description = "Has all that was written to a volume on stable storage, on every leg: by commands before this one too.")
final class VolumeFlush extends VolumeUser {
    VolumeFlush(Console console) {
        super(console);
    }

    @Override
    void check(FoundVolume found) {
        // It has no options of its own.
    }

    @Override
    Did use(FileVolume open, FoundVolume found, Progress progress) throws IOException {
        open.flush();
        return new Did(Ending.AS_EXPECTED, Map.of(), "flushed: what was written is on stable storage, on each of the "
                + found.legs().stream().filter(leg -> leg.state().equals(VolumeState.IN_USE)).count() + " legs\n");
    }
}
