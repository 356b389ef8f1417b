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
        synchronized (core.lock) {
            core.requireOpen();
        }
        List<Step> next = failover.readmit(leg, opened);
        if (next != null) {
            core.offer(next);
        }
        return next != null;
    }

    /**
     * Takes a leg in, as soon as it can be: one that is out and recorded to be, and has nothing of the volume if it is blank.
     * Nothing has happened if it throws.
     */
    void takeIn(int leg, Leg opened, boolean blank, Completion takenIn) throws IOException {
        synchronized (core.lock) {
            core.requireOpen();
            requireOut((core.machine.out() & core.machine.recordedOut() & 1 << leg) != 0, leg);
            core.work.requireNoIntake();
        }
        List<Step> next = new ArrayList<>();
        if (blank) {
            // Before anything can take the leg for one that has what was clean.
            List<Step> replaced = failover.replace(leg, opened);
            requireOut(replaced != null, leg);
            next.addAll(replaced);
        }
        synchronized (core.lock) {
            core.requireOpen();
            core.work.forIntake(new Intake(leg, opened, takenIn));
            core.intakeGoesOn(next);
        }
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
        synchronized (core.lock) {
            intake = core.work.intake();
        }
        if (intake == null) {
            return;
        }
        List<Step> next = failover.readmit(intake.leg(), intake.opened());
        List<Step> free;
        synchronized (core.lock) {
            if (core.work.intake() != intake) {
                return;
            }
            if (next == null) {
                intake.missed();
                return;
            }
            free = new ArrayList<>(next);
            freed(free);
        }
        intake.told().ended();
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
