package dev.lockstep.region;

import java.util.ArrayList;
import java.util.List;

/**
 * What the driver does with a region that is out of sync, or is to count as such: the System actions of {@code spec/Mirror.tla} that
 * are about it, each under its name. Like those of {@link RegionMachine}, each returns the steps that have become possible by it, and
 * throws {@link IllegalStateException} if it is not {@linkplain #enabled enabled}. Not thread-safe.
 */
abstract class ResyncSteps extends SweepSteps {
    ResyncSteps(Policy policy, int regions, int legs, int source, int chunksPerRegion) {
        super(policy, regions, legs, source, chunksPerRegion);
    }

    /**
     * Spec action {@code Suspect}: someone has found that a region's legs differ, or wants them made equal whatever is known. It
     * is out of sync from now on: its bit is dirty, it is written on the source alone, and it will be resynced from there.
     *
     * @param region the region; one that is not out of sync, and has no write pending
     * @return the steps now possible
     */
    public List<Step> suspect(int region) {
        require(maySuspect(region), Action.SUSPECT);
        state(region, RegionState.NOSYNC);
        log.bit(region, false);
        List<Step> next = new ArrayList<>();
        logSteps(next);
        return kickedOut(region, next);
    }

    /**
     * Spec action {@code ResyncBegin}; dm_rh_recovery_prepare: a region out of sync is taken up. From now on writes to it
     * are parked; those that it has in flight end first.
     *
     * @param region the region
     * @return the steps now possible: every copy that has to be made, in any order, unless a write is in flight; its end, if the
     *         source is the only leg in use
     */
    public List<Step> resyncBegin(int region) {
        require(mayResync(region), Action.RESYNC_BEGIN);
        state(region, RegionState.RECOVERING);
        resync.begin(region, inUse() & ~(1 << source));
        if (resync.copied()) {
            return List.of(Step.of(Action.RESYNC_END, region));
        }
        return writes.pending(region) ? List.of() : resync.copies();
    }

    /**
     * Spec action {@code ResyncCopy}; recover: a chunk of the region has been copied to a leg.
     *
     * @param chunk the chunk, counted in the region
     * @param leg   the leg
     * @return the steps now possible
     */
    public List<Step> resyncCopy(int chunk, int leg) {
        require(mayCopy(chunk, leg), Action.RESYNC_COPY);
        resync.copied(chunk, leg);
        return resync.copied() ? List.of(Step.of(Action.RESYNC_END, resync.region())) : List.of();
    }

    /**
     * Spec action {@code ResyncEnd}; dm_rh_recovery_end: the legs agree. Parked writes are counted in; without them the
     * region is CLEAN, and its bit waits for a round.
     *
     * @param region the region
     * @return the steps now possible
     */
    public List<Step> resyncEnd(int region) {
        require(mayEndResync(region), Action.RESYNC_END);
        resync.end();
        List<Step> next = new ArrayList<>();
        List<Write> freed = writes.unpark(region);
        state(region, freed.isEmpty() ? RegionState.CLEAN : RegionState.DIRTY);
        for (Write write : freed) {
            next.addAll(countIn(write));
        }
        closingSteps(next);
        return next;
    }

    /** A write is counted in, which was parked or never had to be: its region's bit is dirty from now on. */
    final List<Step> countIn(Write write) {
        log.bit(write.region, false);
        writes.countIn(write, !regions.durablyDirty(write.region));
        return countedInSteps(write);
    }
}
