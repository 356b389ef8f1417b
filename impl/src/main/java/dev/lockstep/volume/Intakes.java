package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The shell's part that takes legs into use that are out of it. Thread-safe. */
final class Intakes {
    private final Core core;
    private final Failover failover;
    private final Writes writes;

    Intakes(Core core, Failover failover, Writes writes) {
        this.core = core;
        this.failover = failover;
        this.writes = writes;
    }

    /** Readmits a leg, if that can be done now. */
    boolean readmit(int leg, Leg opened) throws IOException {
        core.lock.lock();
        try {
            core.requireOpen();
        } finally {
            core.lock.unlock();
        }
        List<Step> next;
        core.lock.lock();
        try {
            // One that is being taken in as a blank one is not to be taken for the one that was there before.
            next = core.work.intake() != null && core.work.intake().leg() == leg ? null : List.of();
        } finally {
            core.lock.unlock();
        }
        next = next == null ? null : failover.readmit(leg, opened, () -> { }, Completion.of(() -> { }));
        if (next != null) {
            core.offer(next);
        }
        return next != null;
    }

    /** Takes what is at a leg's place from now on for blank, if the leg is recorded to be out of use; it is not taken in. */
    boolean replace(int leg, Leg opened) {
        List<Step> next = failover.replace(leg, opened);
        if (next != null) {
            core.offer(next);
        }
        return next != null;
    }

    /**
     * Takes a leg in, as soon as it can be: one that is out and recorded to be, and has nothing of the volume if it is blank.
     * Nothing has happened if it throws.
     *
     * @param placed told when the leg has its place, before that is recorded
     */
    void takeIn(int leg, Leg opened, boolean blank, Runnable placed, Completion takenIn) throws IOException {
        List<Step> next = new ArrayList<>();
        core.lock.lock();
        try {
            core.requireOpen();
            requireOut((core.machine.out() & core.machine.recordedOut() & 1 << leg) != 0, leg);
            core.work.forIntake(new Intake(leg, opened, blank, placed, takenIn));
            core.intakeGoesOn(next);
        } finally {
            core.lock.unlock();
        }
        core.offer(next);
    }

    /**
     * Has a place hold no leg any more: that of a leg which is out, and recorded to be.
     *
     * @param emptied told when the place is to be recorded as one without a leg, before that is recorded
     * @throws IOException if the leg is in use or just being taken in, the volume has stopped, or it cannot be recorded: then it stops
     */
    void remove(int leg, Runnable emptied) throws IOException {
        core.lock.lock();
        try {
            core.requireOpen();
            core.work.requireNoIntake();
        } finally {
            core.lock.unlock();
        }
        List<Step> next = failover.remove(leg, emptied);
        requireOut(next != null, leg);
        core.offer(next);
    }

    private static void requireOut(boolean out, int leg) throws IOException {
        if (!out) {
            throw new IOException("leg " + leg + " is in use, or it is not recorded yet that it is out of use");
        }
    }

    /** Step {@code Readmit}: the leg that is to be taken in may be now. */
    void goOn() {
        Intake intake;
        core.lock.lock();
        try {
            intake = core.work.intake();
        } finally {
            core.lock.unlock();
        }
        if (intake == null) {
            return;
        }
        List<Step> next = failover.readmit(intake.leg(), intake.opened(), intake.placed(), intake.told());
        List<Step> free;
        core.lock.lock();
        try {
            if (core.work.intake() != intake) {
                return;
            }
            if (next == null) {
                intake.missed();
                return;
            }
            free = new ArrayList<>(next);
            freed(free);
        } finally {
            core.lock.unlock();
        }
        core.offer(free);
    }

    /** What has waited for the leg. */
    private void freed(List<Step> free) {
        for (Intake.Deferred each : core.work.takenIn()) {
            free.addAll(writes.submit(each.write(), each.region()));
        }
        if (core.waiting.flushAsked()) {
            free.add(Step.of(Action.FLUSH_BEGIN));
        }
        if (core.waiting.certifyAsked()) {
            free.add(Step.of(Action.CERTIFY_BEGIN));
        }
        core.work.resyncSteps(core.machine, free);
    }
}
