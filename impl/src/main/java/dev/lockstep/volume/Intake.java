package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.LegFlush;
import dev.lockstep.region.RegionMachine;
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
    private final boolean blank;
    private final Runnable placed;
    private final Completion told;
    private final List<Deferred> deferred = new ArrayList<>();
    private boolean holding;
    private boolean replaced;
    private boolean offered;
    private boolean readmitted;

    /**
     * A leg that is to be taken in.
     *
     * @param blank  whether it has nothing of the volume
     * @param placed told when it has its place, before that is recorded
     */
    Intake(int leg, Leg opened, boolean blank, Runnable placed, Completion told) {
        this.leg = leg;
        this.opened = opened;
        this.blank = blank;
        this.placed = placed;
        this.told = told;
    }

    int leg() {
        return leg;
    }

    Leg opened() {
        return opened;
    }

    Runnable placed() {
        return placed;
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
     * <p>The machine is told that the leg is blank when no round is under way any more, and none will be: from then on, and until it is
     * recorded that the leg is in use, nothing is marked clean. So a crash finds no region clean that the leg which was there before lacks,
     * and nothing has to be recorded of it sooner.
     *
     * @param quiet whether nothing that was asked of the leg before can reach it any more
     */
    void goOn(RegionMachine driver, boolean quiet, List<Step> next) {
        holding |= driver.sweep() == Sweep.IDLE && driver.legFlush(0) == LegFlush.IDLE && driver.resyncRegion() < 0;
        if (holding && blank && !replaced && (driver.out() & driver.recordedOut() & 1 << leg) != 0) {
            replaced = true;
            next.addAll(driver.replaced(leg));
        }
        if (blank && !replaced) {
            return;
        }
        Step readmit = Step.of(Action.READMIT, leg);
        if (holding && !offered && quiet && driver.enabled(readmit)) {
            offered = true;
            next.add(readmit);
        }
    }

    /** It is in use; {@link RegionWork} tells of it from then on. */
    void readmitted() {
        readmitted = true;
    }

    boolean isReadmitted() {
        return readmitted;
    }

    /** The step was not possible after all. */
    void missed() {
        offered = false;
    }
}
