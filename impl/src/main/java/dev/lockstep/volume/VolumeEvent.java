package dev.lockstep.volume;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * Something that happened to a volume and that its owner may want to know. When it happened is for the listener to say.
 *
 * @param kind     what it is
 * @param leg      the leg that it is about, counted from 0; empty if it is about none
 * @param region   the region that it is about, counted from 0; empty if it is about none
 * @param sentence what happened, in one sentence for a reader
 */
public record VolumeEvent(Kind kind, OptionalInt leg, OptionalInt region, String sentence) {

    /** What can happen. */
    public enum Kind {
        /** The volume was opened. */
        OPENED,
        /** The log could not be trusted at opening: every region is out of sync. */
        LOG_DISTRUSTED,
        /** The log failed. */
        LOG_FAILED,
        /** A leg failed: it is neither read nor written any more. */
        LEG_FAILED,
        /** The record that a leg is out of use is durable. */
        LEG_OUT_RECORDED,
        /** A leg that was out of use, or is new, is written again, and being rebuilt. */
        LEG_READMITTED,
        /** A leg was taken out of the volume. */
        LEG_REMOVED,
        /** The volume has failed and takes no more work. */
        STOPPED,
        /** A resync of the regions that are out of sync was begun. */
        RESYNC_BEGUN,
        /** A region was resynced. */
        REGION_RESYNCED,
        /** A resync is over. */
        RESYNC_ENDED,
        /** A scrub found that the legs differ. */
        SCRUB_DIFFERENCE,
        /** A scrub is over. */
        SCRUB_ENDED,
        /** A sweep is over: what it found quiet is clean. */
        SWEEP_ENDED,
        /** The volume was closed. */
        CLOSED
    }

    /** Has all its parts. */
    public VolumeEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(leg, "leg");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(sentence, "sentence");
    }

    /**
     * {@return an event of the whole volume}
     *
     * @param kind     what happened
     * @param sentence the same for a reader
     */
    public static VolumeEvent of(Kind kind, String sentence) {
        return new VolumeEvent(kind, OptionalInt.empty(), OptionalInt.empty(), sentence);
    }

    /**
     * {@return an event of a leg}
     *
     * @param kind     what happened
     * @param leg      the leg, counted from 0
     * @param sentence the same for a reader
     */
    public static VolumeEvent ofLeg(Kind kind, int leg, String sentence) {
        return new VolumeEvent(kind, OptionalInt.of(leg), OptionalInt.empty(), sentence);
    }

    /**
     * {@return an event of a region}
     *
     * @param kind     what happened
     * @param region   the region, counted from 0
     * @param sentence the same for a reader
     */
    public static VolumeEvent ofRegion(Kind kind, int region, String sentence) {
        return new VolumeEvent(kind, OptionalInt.empty(), OptionalInt.of(region), sentence);
    }
}
