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

    @Option(names = "--log", required = true, paramLabel = "FILE",
            description = "The dirty-region log. A hardened one says which legs its volume has, and how long a region is.")
    private Path log;

    @Option(names = "--leg", paramLabel = "FILE",
            description = "A leg, if the volume is yet to be made or its log is in dm-mirror's format; to be given 2 to 9 times, once for "
                    + "each leg. A region out of sync is read from the first. Of a volume with a hardened log, a leg that is elsewhere than the "
                    + "log says; its label tells which one it is, and the log says so once the volume has been used.")
    private List<Path> legs = List.of();

    @Option(names = "--region-size", paramLabel = "BYTES",
            description = "The length of a region, where legs are given: a power of two from 4KiB to 64MiB (default: 512KiB for a volume of "
                    + "up to 1TiB; for a longer one, the least that makes no more than 2097152 regions).")
    private Optional<String> regionSize = Optional.empty();

    /** Returns the log's file. */
    Path log() {
        return log;
    }

    /** Returns the same without what a hardened log says itself. */
    VolumeOptions logAlone() {
        VolumeOptions alone = new VolumeOptions();
        alone.log = log;
        return alone;
    }

    /** Returns the files that the volume is made of. */
    VolumeFiles files() {
        return new VolumeFiles(log, legs);
    }

    /**
     * Checks that what the log says of the regions is not said once more.
     *
     * @throws UserMistake if it is
     */
    void requireNoRegionSize() {
        if (regionSize.isPresent()) {
            throw new UserMistake("--region-size " + regionSize.get() + " is given, and " + log + " is a hardened log, which says that itself: "
                    + "--log alone was expected");
        }
    }

    /**
     * Checks that the legs are given.
     *
     * @throws UserMistake if they are not
     */
    void requireLegs() {
        if (legs.isEmpty()) {
            throw new UserMistake(log + " does not say which legs its volume has, as it is no hardened log that is in order: --leg was "
                    + "expected, once for each of them");
        }
    }

    /** Returns what is given as the length of a region; empty if nothing is. */
    Optional<String> regionSize() {
        return regionSize;
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
