package dev.lockstep.volume;

import dev.lockstep.log.Membership;
import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The shell's part that deals with legs that fail and come back. The machine decides, under the shell's lock; what it decides of a
 * failed leg is recorded before anything that the leg missed is acknowledged. Thread-safe.
 */
final class Failover {
    /** What became of a failure. */
    enum Outcome {
        /** The leg is put out of use. */
        PUT_OUT,
        /** It was put out before, or the failure says nothing of it as it is now. */
        OUT,
        /** It cannot be put out: it is the last, or the only one that has regions that are out of sync. */
        STAYS,
        /** The volume has stopped. */
        STOPPED
    }

    private final Core core;
    /** Held while a record is written, so that one is written at a time, and before the shell's lock. */
    private final Object recording = new Object();
    /** What the record says that was begun last, and the flushes that come before it; guarded by the above. */
    private Membership wanted;
    private Flush[] flushes;
    /** Why the last leg was put out; guarded by the shell's lock. */
    private IOException lastFailure;
    /** The places that hold no leg, a bit each, as the next record is to say; guarded by the shell's lock. */
    private int absent;

    Failover(Core core) {
        this.core = core;
        this.absent = core.devices.found().absent();
    }

    /**
     * What became of a failure, and the steps that it makes possible.
     *
     * @param takenIn whom to tell that the leg, just taken in, is out of use again; null for nobody
     */
    record Noticed(Outcome outcome, List<Step> next, Completion takenIn) {
        Noticed(Outcome outcome) {
            this(outcome, List.of(), null);
        }
    }

    /**
     * Puts a leg out of use that something asked of has failed. One that was out before stays so: what it fails late comes to nothing. So it does
     * of one that has been put out and taken in since.
     *
     * @param action {@link Action#LEG_FLUSH_FAILS} for a flush of a round, else {@link Action#NOTICE_FAILURE}
     */
    Noticed notice(Action action, LegIoException failure) {
        return notice(action, failure.leg(), failure.use(), failure.said());
    }

    /** Puts a leg out of use as it is now. */
    Noticed notice(int leg, IOException cause) {
        return notice(Action.NOTICE_FAILURE, leg, core.devices.use(leg), cause);
    }

    private Noticed notice(Action action, int leg, int use, IOException cause) {
        Noticed noticed = noticed(action, leg, use, cause);
        if (noticed.outcome() == Outcome.PUT_OUT) {
            core.tell(VolumeEvent.ofLeg(VolumeEvent.Kind.LEG_FAILED, leg, "leg " + leg + " is out of use: " + cause.getMessage()));
        }
        if (noticed.takenIn() != null) {
            noticed.takenIn().failed(cause);
        }
        return noticed;
    }

    private Noticed noticed(Action action, int leg, int use, IOException cause) {
        core.lock.lock();
        try {
            if (core.stopped()) {
                return new Noticed(Outcome.STOPPED);
            }
            if ((core.machine.out() & 1 << leg) != 0 || core.devices.use(leg) != use) {
                return new Noticed(Outcome.OUT);
            }
            if (!core.machine.enabled(Step.of(action, leg))) {
                return new Noticed(Outcome.STAYS);
            }
            lastFailure = cause;
            return new Noticed(Outcome.PUT_OUT, action == Action.LEG_FLUSH_FAILS ? core.machine.legFlushFails(leg)
                    : core.machine.noticeFailure(leg), core.work.failedUnrecorded(leg));
        } finally {
            core.lock.unlock();
        }
    }

    /**
     * Spec action {@code RecordBegin}.
     *
     * @return the steps now possible
     */
    List<Step> recordBegin() {
        synchronized (recording) {
            List<Step> next;
            core.lock.lock();
            try {
                if (!core.possibleNow(Step.of(Action.RECORD_BEGIN))) {
                    return List.of();
                }
                wanted = new Membership(core.machine.out(), core.machine.source(), absent & core.machine.out());
                next = core.machine.recordBegin();
            } finally {
                core.lock.unlock();
            }
            flushes = core.devices.beginRecordFlushes(wanted);
            return next;
        }
    }

    /**
     * Spec action {@code RecordFailure}.
     *
     * @return the steps now possible
     * @throws LegIoException if a leg in use fails at it
     * @throws IOException    if it cannot be recorded: the volume must not go on
     */
    List<Step> record() throws IOException {
        Membership recorded;
        List<Step> next;
        List<Completion> takenIn;
        synchronized (recording) {
            if (!core.possible(Step.of(Action.RECORD_FAILURE))) {
                return List.of();
            }
            recorded = wanted;
            core.devices.awaitRecordFlushes(flushes);
            try {
                core.devices.record(recorded);
            } catch (LegIoException e) {
                throw e;
            } catch (IOException e) {
                throw new IOException(because(e), e);
            }
            core.lock.lock();
            try {
                if (!core.possibleNow(Step.of(Action.RECORD_FAILURE))) {
                    return List.of();
                }
                next = new ArrayList<>(core.machine.recordFailure());
                core.intakeGoesOn(next);
                takenIn = core.work.recorded(recorded.out());
            } finally {
                core.lock.unlock();
            }
        }
        takenIn.forEach(Completion::ended);
        for (int leg = 0; leg < core.devices.legs(); leg++) {
            if (recorded.isOut(leg) && !recorded.isAbsent(leg)) {
                core.tell(VolumeEvent.ofLeg(VolumeEvent.Kind.LEG_OUT_RECORDED, leg, "it is recorded that leg " + leg
                        + " is out of use, and that leg " + recorded.source() + " is the source"));
            }
        }
        return next;
    }

    /**
     * Spec action {@code Replace}: what is at a leg's place from now on has nothing of the volume.
     *
     * @return the steps now possible; null if the leg is not recorded to be out of use
     */
    List<Step> replace(int leg, Leg opened) {
        synchronized (recording) {
            core.lock.lock();
            try {
                if (core.stopped() || (core.machine.out() & core.machine.recordedOut() & 1 << leg) == 0) {
                    return null;
                }
                core.devices.replace(leg, opened);
                return core.machine.replaced(leg);
            } finally {
                core.lock.unlock();
            }
        }
    }

    /**
     * Spec action {@code Replace}, by nothing: there is no leg any more at the place of one that is out. That is recorded first.
     *
     * @param emptied has whoever keeps the record know of it
     * @return the steps now possible; null if the leg is not recorded to be out of use
     * @throws IOException if it cannot be recorded: the volume has stopped then
     */
    List<Step> remove(int leg, Runnable emptied) throws IOException {
        synchronized (recording) {
            Membership recorded;
            core.lock.lock();
            try {
                if (core.stopped() || (core.machine.out() & core.machine.recordedOut() & 1 << leg) == 0) {
                    return null;
                }
                absent |= 1 << leg;
                recorded = new Membership(core.machine.recordedOut(), core.machine.recordedSource(), absent & core.machine.recordedOut());
            } finally {
                core.lock.unlock();
            }
            emptied.run();
            try {
                core.devices.record(recorded);
            } catch (IOException e) {
                core.stop(e);
                throw e;
            }
            core.lock.lock();
            try {
                return core.machine.removed(leg);
            } finally {
                core.lock.unlock();
            }
        }
    }

    private String because(IOException e) {
        core.lock.lock();
        try {
            return lastFailure == null ? e.getMessage() : lastFailure.getMessage() + "; and " + e.getMessage();
        } finally {
            core.lock.unlock();
        }
    }

    /**
     * Spec action {@code Readmit}, with a leg that is open for it. Not while a record is being written: it would say something else
     * than what the legs then are.
     *
     * @param placed   told when the leg has its place, before that is recorded
     * @param recorded told when it is recorded that it is in use, or if that has failed
     * @return the steps now possible; null if the leg cannot be readmitted now
     */
    List<Step> readmit(int leg, Leg opened, Runnable placed, Completion recorded) {
        List<Step> next;
        synchronized (recording) {
            core.lock.lock();
            try {
                if (core.stopped() || !core.quiet(leg) || !core.machine.enabled(Step.of(Action.READMIT, leg))) {
                    return null;
                }
                placed.run();
                core.devices.replace(leg, opened);
                absent &= ~(1 << leg);
                next = core.machine.readmit(leg);
                core.work.forRecorded(leg, recorded);
            } finally {
                core.lock.unlock();
            }
        }
        core.tell(VolumeEvent.ofLeg(VolumeEvent.Kind.LEG_READMITTED, leg, "leg " + leg + " is in use again; what is not clean is "
                + "to be resynced"));
        return next;
    }
}
