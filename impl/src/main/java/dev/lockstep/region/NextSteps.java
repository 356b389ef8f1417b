package dev.lockstep.region;

import java.util.ArrayList;
import java.util.List;

/** Which steps become possible by another: what {@link RegionMachine} offers once it has made one. Not thread-safe. */
abstract class NextSteps extends Driver {
    NextSteps(Policy policy, int regions, int legs, int source, int chunksPerRegion) {
        super(policy, regions, legs, source, chunksPerRegion);
    }

    /** A round begins: the flush of each leg in use will end. */
    final List<Step> beginRound() {
        round.begin(out);
        List<Step> next = new ArrayList<>();
        for (int leg = 0; leg < legs; leg++) {
            if (inUse(leg)) {
                next.add(Step.of(Action.LEG_FLUSH_END, leg));
            }
        }
        return next;
    }

    /** A round whose flushes have ended ends, once it is recorded which legs it has left out. */
    final void roundSteps(List<Step> next) {
        if (mayEndRound(false)) {
            next.add(Step.of(Action.FLUSH_END));
        } else if (mayEndRound(true)) {
            next.add(Step.of(Action.CERTIFY_END));
        }
    }

    /** A leg was put out of use, or is in use again: that is to be recorded. */
    final void recordSteps(List<Step> next) {
        if (enabled(Step.of(Action.RECORD_BEGIN))) {
            next.add(Step.of(Action.RECORD_BEGIN));
        }
    }

    /** A round ends: the log is to say what it has marked, and what waited for its end may go on. */
    final List<Step> endRound() {
        round.end();
        List<Step> next = new ArrayList<>();
        logSteps(next);
        markingSteps(next);
        return next;
    }

    /** Whether the log has something to say, and is not at it. */
    private boolean logGoesOn() {
        return log.io() == LogIo.IDLE && log.mayWrite();
    }

    /** A write was counted in: the log may have to say so first. Nothing is made for one that can go at once. */
    final List<Step> countedInSteps(Write write) {
        if (!logGoesOn()) {
            return mayIssue(write) ? write.steps.issue() : List.of();
        }
        List<Step> next = new ArrayList<>(2);
        logSteps(next);
        if (mayIssue(write)) {
            next.addAll(write.steps.issue());
        }
        return next;
    }

    final void logSteps(List<Step> next) {
        if (logGoesOn()) {
            next.add(Step.of(Action.LOG_WRITE));
        }
    }

    /** Something that the sweep compares was compared, or was written: it goes on to what is left, or to its round. */
    final void comparisonSteps(List<Step> next) {
        next.addAll(comparison.offers());
        if (comparison.over()) {
            markingSteps(next);
        }
    }

    /** A sweep that is over goes on to a round of its own accord; closing, so does all else that marks regions clean. */
    final void markingSteps(List<Step> next) {
        if (mode == Mode.CLOSING) {
            closingSteps(next);
        } else if (sweepOver() && round.idle()) {
            next.add(Step.of(Action.CERTIFY_BEGIN));
        }
    }

    /** Closing, the machine goes on by itself until nothing is left to be marked clean. */
    final void closingSteps(List<Step> next) {
        if (mode != Mode.CLOSING) {
            return;
        }
        if (mayCertify()) {
            next.add(Step.of(Action.CERTIFY_BEGIN));
        } else if (mayEndUnmount()) {
            // Before a comparison, which could have nothing marked clean while a leg is out.
            next.add(Step.of(Action.UNMOUNT_END));
        } else if (mayNominate()) {
            next.add(Step.of(Action.NOMINATE));
        }
    }
}
