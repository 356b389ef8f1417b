package dev.lockstep.crash.enumerate;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;

/** Logs that the production code has just made, in either format. */
final class NewLog {
    private NewLog() {
    }

    /** How many blocks a log takes. */
    static int length(LogFormat format, int regions) {
        return (int) (format.requiredLength(regions) / Leg.SECTOR);
    }

    /** Makes a log. */
    static DirtyRegionLog create(LogFormat format, Leg leg, Superblock volume, LogImage image) throws IOException {
        return format == LogFormat.DM ? DirtyRegionLog.create(leg, image) : DirtyRegionLog.create(leg, volume, image);
    }

    /** The blocks of a log that was made where there were zeros. */
    static int[] blocks(LogFormat format, Superblock volume, LogImage image, BlockPool pool) {
        int[] zeros = new int[length(format, image.regions())];
        VolatileBlocks blocks = new VolatileBlocks(zeros, VolatileBlocks.durable(zeros));
        try {
            create(format, new SimulatedLeg(0, pool, blocks, new Journal(), (at, block) -> { }), volume, image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return IntStream.range(0, zeros.length).map(blocks::visible).toArray();
    }
}
