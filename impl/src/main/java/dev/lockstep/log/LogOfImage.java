package dev.lockstep.log;

import dev.lockstep.store.Leg;
import java.io.IOException;
import java.util.Optional;

/**
 * What the formats have in common: bits in memory, of which the first write after opening writes all and a later one what has
 * changed. A subclass says how they lie on the leg. What is promised is told at {@link DirtyRegionLog}.
 */
abstract sealed class LogOfImage implements DirtyRegionLog permits DmLog, HardenedLog {
    final Leg leg;
    final LogImage image;
    private final Optional<String> distrust;
    /** Whether all has been written since opening; guarded by this. */
    private boolean rewritten;

    LogOfImage(Leg leg, LogContents found) {
        this.leg = leg;
        this.image = found.image();
        this.distrust = found.distrust();
    }

    /** Writes all. Called with this locked. */
    abstract void rewrite() throws IOException;

    /** Writes what holds a run of the image, after which that has not changed any more. Called with this locked. */
    abstract void writeRun(int run) throws IOException;

    @Override
    public final LogImage image() {
        return image;
    }

    @Override
    public final Optional<String> distrust() {
        return distrust;
    }

    @Override
    public final synchronized boolean needsWrite() {
        return !rewritten || image.isChanged();
    }

    @Override
    public final synchronized void write() throws IOException {
        if (!rewritten) {
            writeAll();
            return;
        }
        for (int run = image.nextChangedRun(0); run >= 0; run = image.nextChangedRun(run)) {
            writeRun(run);
        }
    }

    @Override
    public final synchronized void writeAll() throws IOException {
        rewrite();
        rewritten = true;
    }
}
