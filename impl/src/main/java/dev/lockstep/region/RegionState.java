package dev.lockstep.region;

import java.util.List;

/**
 * What the driver knows of a region. The names are those of dm-region-hash's states, and of the two that idea 4 of the
 * 2008 mail adds, which idea 3 and a policy that compares need too.
 *
 * <p>Source: {@code RegionState} in Mirror.tla.
 */
public enum RegionState {
    /** The legs agree and no write is in flight. */
    CLEAN,
    /** A write is in flight, or was and the policy has not yet looked. */
    DIRTY,
    /** Drained, but the legs may differ. */
    MAYBE_DIRTY,
    /** Drained, and not written since the sweep began. */
    CLEAN_CANDIDATE,
    /** The legs may differ, and writes go to the source leg alone. */
    NOSYNC,
    /** Being resynced. Writes are parked. */
    RECOVERING;

    private static final List<RegionState> VALUES = List.of(values());

    static RegionState of(int ordinal) {
        return VALUES.get(ordinal);
    }
}
