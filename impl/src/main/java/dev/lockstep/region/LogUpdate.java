package dev.lockstep.region;

import java.util.List;

/**
 * What a log write is to put into the log.
 *
 * @param whole    whether the whole log is to be written, and not only what changed
 * @param allDirty whether every bit turns dirty, before the changes
 * @param changes  the bits that differ then, or else from those of the last log write, by ascending region
 */
public record LogUpdate(boolean whole, boolean allDirty, List<Change> changes) {

    /**
     * One region's new bit.
     *
     * @param region the region
     * @param clean  its bit: true is clean
     */
    public record Change(int region, boolean clean) {
    }

    /** Keeps a copy of the changes. */
    public LogUpdate {
        changes = List.copyOf(changes);
    }
}
