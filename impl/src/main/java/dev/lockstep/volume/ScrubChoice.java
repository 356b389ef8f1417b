package dev.lockstep.volume;

import java.util.OptionalInt;

/**
 * What a scrub is to look at, and what to do about it.
 *
 * @param cleanOnly  whether to look at CLEAN regions alone; the legs of others may well differ, and no harm is done by it
 * @param repairFrom the leg that a region whose legs differ is to be repaired from; empty to repair nothing
 */
public record ScrubChoice(boolean cleanOnly, OptionalInt repairFrom) {
    /** Every region, nothing repaired. */
    public static final ScrubChoice EVERY_REGION = new ScrubChoice(false, OptionalInt.empty());
    /** The CLEAN regions, nothing repaired. */
    public static final ScrubChoice CLEAN_REGIONS = new ScrubChoice(true, OptionalInt.empty());

    /**
     * {@return the same, and what differs is to be repaired}
     *
     * @param leg the leg that is held to be right
     */
    public ScrubChoice repairingFrom(int leg) {
        return new ScrubChoice(cleanOnly, OptionalInt.of(leg));
    }
}
