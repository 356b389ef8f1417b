package dev.lockstep.region;

/**
 * The blocks that a write covers: {@code BlocksOfSlot} in Mirror.tla. A block is what a device writes whole or not at all.
 *
 * @param first the first block, counted from the beginning of the volume
 * @param end   the block after the last; above {@code first}
 */
public record Extent(long first, long end) {

    /** Refuses an extent of nothing. */
    public Extent {
        if (first < 0 || end <= first) {
            throw new IllegalArgumentException("blocks " + first + " to " + end + " are no extent; at least one block is expected");
        }
    }
}
