package dev.lockstep.cli;

import dev.lockstep.volume.FileVolume;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code volume discard}. */
@Command(name = "discard", sortOptions = false,
        description = "Discards a part of a volume: it reads as zeros from then on, on every leg. It costs what writing zeros costs.")
final class VolumeDiscard extends VolumeUser {
    /** How much is asked for at a time, in bytes: each region of it takes some memory until it is done. */
    private static final long AT_ONCE = 64 << 20;

    @Option(names = "--at", paramLabel = "BYTES", required = true, description = "Where from.")
    private String at;

    @Option(names = "--length", paramLabel = "BYTES", required = true, description = "How much.")
    private String length;

    VolumeDiscard(Console console) {
        super(console);
    }

    @Override
    void check(FoundVolume found) {
        found.requireInside(position(), bytes());
    }

    private long position() {
        return ByteCount.parse("--at", at);
    }

    private long bytes() {
        return ByteCount.parse("--length", length);
    }

    @Override
    Did use(FileVolume open, FoundVolume found, Progress progress) throws IOException {
        for (long done = 0; done < bytes(); done += AT_ONCE) {
            open.discard(position() + done, Math.min(AT_ONCE, bytes() - done));
            progress.show("discarded: " + ByteCount.text(done));
        }
        return new Did(Ending.AS_EXPECTED, Map.of("position", position(), "length", bytes()),
                "discarded " + ByteCount.text(bytes()) + " at " + position() + ", which are zeros now\n");
    }
}
