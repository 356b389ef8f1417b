package dev.lockstep.region;

import java.util.ArrayList;
import java.util.List;

/**
 * What the driver does so that regions are marked clean: the rounds of flushes, and the sweeps that choose for them. These are the System actions of
 * {@code spec/Mirror.tla} that are about it, each under its name. Like those of {@link RegionMachine}, each returns the steps that have
 * become possible by it, and throws {@link IllegalStateException} if it is not {@linkplain #enabled enabled}. Not thread-safe.
 */
abstract class SweepSteps extends FailureSteps {
    SweepSteps(Policy policy, int regions, int legs, int source, int chunksPerRegion) {
        super(policy, regions, legs, source, chunksPerRegion);
    }

    /**
     * Spec action {@code FlushBegin}: a round begins for a user who asked for a flush. The flushes begin after this call.
     *
     * @return the steps now possible
     */
    public List<Step> flushBegin() {
        require(mode == Mode.UP && round.idle(), Action.FLUSH_BEGIN);
        return beginRound();
    }

    /**
     * Spec action {@code CertifyBegin}; dm_rh_update_states: the regions to be marked clean are chosen. The flushes that
     * protect them begin after this call.
     *
     * @return the steps now possible
     */
    public List<Step> certifyBegin() {
        require(mayCertify(), Action.CERTIFY_BEGIN);
        chooseEligible();
        if (sweepOver()) {
            sweep = Sweep.IDLE;
        }
        return beginRound();
    }

    /**
     * Spec action {@code LegFlushEnd}: a flush of the round has ended on one leg.
     *
     * @param leg the leg
     * @return the steps now possible
     */
    public List<Step> legFlushEnd(int leg) {
        require(round.flush(leg) == LegFlush.BUSY, Action.LEG_FLUSH_END);
        round.flushed(leg);
        List<Step> next = new ArrayList<>();
        roundSteps(next);
        return next;
    }

    /**
     * Spec action {@code FlushEnd}: a round ends that has nothing to mark.
     *
     * @return the steps now possible
     */
    public List<Step> flushEnd() {
        require(mayEndRound(false), Action.FLUSH_END);
        return endRound();
    }

    /**
     * Spec action {@code CertifyEnd}; core_clear_region; I4: what was chosen, and not written since, is CLEAN.
     *
     * @return the steps now possible
     */
    public List<Step> certifyEnd() {
        require(mayEndRound(true), Action.CERTIFY_END);
        round.chosen().each(region -> {
            log.bit(region, true);
            state(region, RegionState.CLEAN);
        });
        return endRound();
    }

    /**
     * Spec action {@code Nominate}; I4: every MAYBE_DIRTY region becomes a CLEAN_CANDIDATE. A policy that compares will
     * compare every chunk of them, some regions at a time.
     *
     * @return the steps now possible
     */
    public List<Step> nominate() {
        require(mayNominate(), Action.NOMINATE);
        RegionSet nominated = new RegionSet();
        maybeDirty.each(region -> {
            if (regions.state(region) == RegionState.MAYBE_DIRTY) {
                state(region, RegionState.CLEAN_CANDIDATE);
                nominated.add(region);
            }
        });
        maybeDirty.clear();
        sweeps++;
        sweep = compares() ? Sweep.COMPARING : Sweep.NOMINATED;
        if (compares()) {
            comparison.begin(nominated);
        }
        return compares() ? comparison.offers() : List.of(Step.of(Action.SYNC_BEGIN));
    }

    /** Spec action {@code SyncBegin}; I4: sync() begins after this call; I3: the pass that a pdflush period begins with. */
    public void syncBegin() {
        require(mode == Mode.UP && sweep == Sweep.NOMINATED, Action.SYNC_BEGIN);
        sweep = Sweep.SYNCING;
    }

    /**
     * Spec action {@code SyncEnd}; I4: sync() has returned; I3: one pdflush period is over.
     *
     * @return the steps now possible
     */
    public List<Step> syncEnd() {
        require(mode == Mode.UP && sweep == Sweep.SYNCING, Action.SYNC_END);
        sweep = Sweep.SYNCED;
        return round.idle() ? List.of(Step.of(Action.CERTIFY_BEGIN)) : List.of();
    }

    /**
     * Spec action {@code Compare}; ours: a chunk of a candidate was read from every leg. If the legs differ the region is
     * out of sync, and will be resynced. What was read is of this sweep, or a write may have come between the reads.
     *
     * @param region the region
     * @param chunk  the chunk, counted in the region
     * @param equal  whether the legs are equal in it
     * @return the steps now possible
     */
    public List<Step> compare(int region, int chunk, boolean equal) {
        require(mayCompare(region, chunk), Action.COMPARE);
        if (equal) {
            comparison.compared(region, chunk);
        } else {
            comparison.drop(region);
            state(region, RegionState.NOSYNC);
        }
        List<Step> next = new ArrayList<>();
        comparisonSteps(next);
        return next;
    }

    /** Whether a round under way will mark a region clean, or a sweep under way compares any: it may have to be kicked out. */
    final boolean mayBeKickedOut(int region) {
        return round.chosen().contains(region) || !comparison.over();
    }

    /** What a round or a sweep under way knows of a region says nothing any more. */
    final List<Step> kickedOut(int region, List<Step> before) {
        List<Step> next = new ArrayList<>(before);
        if (round.chosen().contains(region)) {
            round.chosen().remove(region);
            if (mayEndRound(false)) {
                next.add(Step.of(Action.FLUSH_END));
            }
        }
        if (!comparison.over()) {
            comparison.drop(region);
            comparisonSteps(next);
        }
        return next;
    }
}
