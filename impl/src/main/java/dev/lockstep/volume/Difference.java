package dev.lockstep.volume;

import dev.lockstep.region.RegionState;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sector in which the legs of a volume differ, as a scrub has found it.
 *
 * @param sector the sector, of 512 bytes, counted from the beginning of the volume
 * @param region the region that it lies in
 * @param state  the region's state when the legs were read
 * @param clean  the region's bit in the log then, as the driver wants it there: true is clean
 * @param inUse  whether the region was written or resynced while the legs were read, so that they may be on their way to agree
 * @param legs   of each leg that was compared, by its number, the sector's 512 bytes
 */
public record Difference(long sector, int region, RegionState state, boolean clean, boolean inUse, SortedMap<Integer, byte[]> legs) {

    /** Keeps a copy. */
    public Difference {
        legs = copy(legs);
    }

    /** {@return of each leg that was compared, by its number, the sector's 512 bytes; a copy} */
    @Override
    public SortedMap<Integer, byte[]> legs() {
        return copy(legs);
    }

    private static SortedMap<Integer, byte[]> copy(Map<Integer, byte[]> legs) {
        TreeMap<Integer, byte[]> copy = new TreeMap<>();
        legs.forEach((leg, bytes) -> copy.put(leg, bytes.clone()));
        return Collections.unmodifiableSortedMap(copy);
    }

    /**
     * {@return whether this is what must never be: legs that differ in a CLEAN region whose bit says clean} Any other region is read
     * from one leg alone, and its legs will be made equal or found so before it is marked clean.
     */
    public boolean isDesync() {
        return state == RegionState.CLEAN && clean && !inUse;
    }
}
