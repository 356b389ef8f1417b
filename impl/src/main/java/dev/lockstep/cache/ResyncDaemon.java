package dev.lockstep.cache;

import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.PacedTask;
import dev.lockstep.volume.Resyncer;
import dev.lockstep.volume.TaskProgress;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what is out of sync resynced, whatever has made it so: a crash before the volume was opened, a comparison that found the legs
 * to differ, a leg that was taken in. A region is resynced in the schedule's thread, which waits for it; between two regions others
 * have their turn, and so has the pace. Its tasks run one at a time.
 */
final class ResyncDaemon {
    private static final Logger LOG = LoggerFactory.getLogger(ResyncDaemon.class);

    private final FileVolume volume;
    private final long bytesPerSecond;
    private final Schedule schedule;
    /** The last one that was begun, or null. */
    private Resyncer last;

    ResyncDaemon(FileVolume volume, long bytesPerSecond, Schedule schedule) {
        this.volume = volume;
        this.bytesPerSecond = bytesPerSecond;
        this.schedule = schedule;
    }

    /** Begins a resync, unless one is under way. It has ended at once if nothing is out of sync. */
    synchronized void wakeUp() {
        if (last == null || last.hasEnded()) {
            last = new Resyncer(volume, bytesPerSecond, schedule::nanos, TaskProgress.Listener.NONE);
            step();
        }
    }

    private synchronized void step() {
        try {
            long wait = last.step();
            if (wait != PacedTask.ENDED) {
                schedule.after(Duration.ofNanos(wait), this::step);
            }
        } catch (IOException e) {
            // Whoever uses the volume is told by the volume itself; the next period tries again.
            LOG.debug("a resync was cut short", e);
        }
    }
}
