package dev.lockstep.cli;

import dev.lockstep.volume.Layout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which volume is meant. */
final class VolumeOptions {
    /** Leg 0, as in every model and every replay. */
    private static final int SOURCE = 0;

    @Option(names = "--log", required = true, paramLabel = "FILE", description = "The dirty-region log.")
    private Path log;

    @Option(names = "--leg", required = true, paramLabel = "FILE",
            description = "A leg; to be given 2 to 9 times, once for each leg. A region out of sync is read from the "
                    + "first.")
    private List<Path> legs;

    @Option(names = "--region-size", paramLabel = "BYTES",
            description = "The length of a region: a power of two from 4KiB to 64MiB (default: 512KiB for a volume of up to "
                    + "1TiB; for a longer one, the least that makes no more than 2097152 regions).")
    private Optional<String> regionSize = Optional.empty();

    /** Returns the files that the volume is made of. */
    VolumeFiles files() {
        return new VolumeFiles(log, legs);
    }

    /**
     * Returns how a volume of this length is divided.
     *
     * @param bytes its length
     * @throws UserMistake if no volume can be divided so
     */
    Layout layout(long bytes) {
        long region = regionSize.map(size -> ByteCount.parse("--region-size", size))
                .orElseGet(() -> (long) Layout.defaultRegionBytes(bytes));
        if (region > Integer.MAX_VALUE) {
            throw new UserMistake("--region-size " + regionSize.orElseThrow() + " is too much: at most 64MiB was expected");
        }
        try {
            return new Layout(bytes, (int) region, legs.size(), SOURCE);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(e.getMessage(), e);
        }
    }
}
