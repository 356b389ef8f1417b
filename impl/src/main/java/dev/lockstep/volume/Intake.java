package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.LegFlush;
import dev.lockstep.region.Step;
import dev.lockstep.region.Sweep;
import dev.lockstep.store.Leg;
import java.util.ArrayList;
import java.util.List;

/**
 * A leg that is to be taken in, for which nothing may be under way: no write, no round, no sweep and no resync. Guarded by the
 * shell's lock.
 *
 * <p>A sweep may wait for writes to end. So nothing is held up before a round, a sweep and a resync that were begun have ended; then new
 * ones are not begun, new writes wait, and those in flight end. What waits has not been begun or submitted as far as the machine
 * and the specification go.
 */
final class Intake {
    /** A write that waits. */
    record Deferred(int region, int write) {
    }

    private final int leg;
    private final Leg opened;
    private final Completion told;
    private final List<Deferred> deferred = new ArrayList<>();
    private boolean holding;
    private boolean dirtied;
    private boolean offered;

    Intake(int leg, Leg opened, Completion told) {
        this.leg = leg;
        this.opened = opened;
        this.told = told;
    }

    int leg() {
        return leg;
    }

    Leg opened() {
        return opened;
    }

    Completion told() {
        return told;
    }

    /** Whether new writes wait. */
    boolean holding() {
        return holding;
    }

    void defer(int region, int write) {
        deferred.add(new Deferred(region, write));
    }

    List<Deferred> deferred() {
        return deferred;
    }

    /** Whether a step is not to be made now, as the leg would have to wait for what it begins. */
    boolean holdsUp(Step step) {
        return holding && switch (step.action()) {
            case NOMINATE, FLUSH_BEGIN, CERTIFY_BEGIN, RESYNC_BEGIN, UNMOUNT_BEGIN -> true;
            default -> false;
        };
    }

    /**
     * After any step: goes on as far as it can; the leg's own step is added once it has become possible.
     *
     * @param quiet whether nothing that was asked of the leg before can reach it any more
     */
    void goOn(DriverView driver, boolean quiet, List<Step> next) {
        holding |= driver.sweep() == Sweep.IDLE && driver.legFlush(0) == LegFlush.IDLE && driver.resyncRegion() < 0;
        Step dirtyAll = Step.of(Action.DIRTY_ALL);
        if (holding && !dirtied && (driver.blank() & 1 << leg) != 0 && driver.enabled(dirtyAll)) {
            // A round that was under way may have turned bits clean again; from now on none does.
            dirtied = true;
            next.add(dirtyAll);
        }
        Step readmit = Step.of(Action.READMIT, leg);
        if (holding && !offered && quiet && driver.enabled(readmit)) {
            offered = true;
            next.add(readmit);
        }
    }

    /** The step was not possible after all. */
    void missed() {
        offered = false;
    }
}
