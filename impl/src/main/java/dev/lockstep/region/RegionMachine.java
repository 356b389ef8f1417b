package dev.lockstep.region;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What the driver does: one method for each System action of {@code spec/Mirror.tla} that reads or changes the Driver
 * variables, under the same name. Here are those of writes, of the log, and of a volume that is opened and unmounted; the others are in the
 * classes that this one extends: the variables, the guards ({@link #enabled}), what follows from a step, then the actions that are
 * about failures, about rounds and sweeps, and about regions that are out of sync.
 *
 * <p>Each action's method may be called when {@link #enabled} says so, and throws {@link IllegalStateException} otherwise.
 * It changes the state and returns the steps that have become possible by it. What a step does outside (write, flush,
 * copy) is its caller's: before the call where the action is the end of something, after it where it is the beginning.
 *
 * <p>Deterministic; no I/O, no thread, no clock. Not thread-safe: callers hold a lock of their own.
 */
public final class RegionMachine extends ResyncSteps {
    /**
     * A machine for a volume that is not open yet.
     *
     * @param policy          when a region may be marked clean
     * @param regions         how many regions the volume has
     * @param legs            how many legs it has: 2 or more
     * @param source          the leg that a region out of sync is read and resynced from, as long as no other was recorded
     * @param chunksPerRegion into how many copies the resync of a region is divided
     */
    public RegionMachine(Policy policy, int regions, int legs, int source, int chunksPerRegion) {
        super(policy, regions, legs, source, chunksPerRegion);
    }

    /**
     * Spec action {@code Restart}: what the log calls clean is in sync, the rest will be resynced. Nothing that the log
     * says counts as durable before it has been written again and flushed. Every leg is in use.
     *
     * @param cleanInLog what the log was found to say of a region
     * @return the steps now possible
     */
    public List<Step> restart(IntPredicate cleanInLog) {
        return restart(cleanInLog, 0, source);
    }

    /**
     * Spec action {@code Restart}, where it was recorded which legs are in use: those that are out stay out until they are
     * {@linkplain #readmit readmitted}, and none of them has nothing.
     *
     * @param cleanInLog     what the log was found to say of a region
     * @param recordedOut    the legs that are out of use, a bit each
     * @param recordedSource the leg that a region out of sync is read and resynced from; one that is in use
     * @return the steps now possible
     */
    public List<Step> restart(IntPredicate cleanInLog, int recordedOut, int recordedSource) {
        return restart(cleanInLog, recordedOut, recordedSource, 0);
    }

    /**
     * Spec action {@code Restart}, where it was recorded which legs are in use, and which have nothing of the volume or are not there at
     * all: a volume may have places for more legs than it has. Those keep no region dirty, and can be {@linkplain #readmit readmitted} only
     * when every region is.
     *
     * @param cleanInLog     what the log was found to say of a region
     * @param recordedOut    the legs that are out of use, a bit each
     * @param recordedSource the leg that a region out of sync is read and resynced from; one that is in use
     * @param recordedBlank  the legs that have nothing, a bit each; all of them are out of use
     * @return the steps now possible
     */
    public List<Step> restart(IntPredicate cleanInLog, int recordedOut, int recordedSource, int recordedBlank) {
        require(mode == Mode.DOWN && (recordedBlank & ~recordedOut) == 0, Action.RESTART);
        this.out = recordedOut;
        this.blank = recordedBlank;
        this.dirtied = false;
        this.source = recordedSource;
        this.recordIo = RecordIo.IDLE;
        this.recordedOut = recordedOut;
        this.recordedSource = recordedSource;
        for (int region = 0; region < regions.count(); region++) {
            boolean clean = cleanInLog.test(region);
            regions.bit(region, clean);
            regions.logged(region, clean);
            regions.durablyDirty(region, false);
            state(region, clean ? RegionState.CLEAN : RegionState.NOSYNC);
        }
        log.opened();
        mode = Mode.UP;
        return List.of(Step.of(Action.LOG_WRITE));
    }

    /**
     * Spec action {@code Submit}; rh_inc: a write is counted in and its region becomes DIRTY, which kicks it out of a
     * sweep (I4) and of the round that would have marked it clean. A write to a region being resynced is parked. So is a
     * discard counted in, and kept from overlapping: it is a write of zeroes.
     *
     * @param write  a number that no write in flight has
     * @param region the region that it lies in
     * @param extent the blocks that it covers
     * @return the steps now possible
     */
    public List<Step> submit(int write, int region, Extent extent) {
        require(mode == Mode.UP, Action.SUBMIT);
        Write taken = new Write(write, region, extent, WritePhase.PARKED);
        writes.add(taken);
        RegionState before = regions.state(region);
        if (before == RegionState.RECOVERING) {
            writes.park(taken);
            return List.of();
        }
        if (before != RegionState.NOSYNC && before != RegionState.DIRTY) {
            state(region, RegionState.DIRTY);
        }
        List<Step> next = countIn(taken);
        // One that was DIRTY before was kicked out when it became so.
        return before != RegionState.DIRTY && mayBeKickedOut(region) ? kickedOut(region, next) : next;
    }

    /**
     * Spec action {@code LogWrite}; disk_flush: the bits that changed go to the log.
     *
     * @return what to write; once that is done, {@link Action#LOG_FLUSH_BEGIN} is possible
     */
    public LogUpdate logWrite() {
        require(log.mayWrite(), Action.LOG_WRITE);
        return log.write();
    }

    /**
     * Spec action {@code LogFlushBegin}: the log's flush begins after this call.
     *
     * @return the steps now possible
     */
    public List<Step> logFlushBegin() {
        require(log.io() == LogIo.WRITTEN, Action.LOG_FLUSH_BEGIN);
        log.flushBegun();
        return List.of(Step.of(Action.LOG_FLUSH_END));
    }

    /**
     * Spec action {@code LogFlushEnd}: the log's flush has ended, and the writes that waited for it may go.
     *
     * @return the steps now possible
     */
    public List<Step> logFlushEnd() {
        require(log.io() == LogIo.FLUSHING, Action.LOG_FLUSH_END);
        log.flushEnded();
        List<Step> next = new ArrayList<>();
        writes.waiting().removeIf(write -> {
            if (mayIssue(write.id)) {
                next.add(Step.of(Action.ISSUE, write.id));
            }
            return regions.durablyDirty(write.region);
        });
        logSteps(next);
        closingSteps(next);
        return next;
    }

    /**
     * Spec action {@code Issue}; do_writes: a write may go to its legs; to the source alone, if its region is out of sync.
     * Of writes that overlap one goes at a time, or they could reach the legs in different orders.
     *
     * @param write the write
     * @return the steps now possible: one for each leg to be written
     */
    public List<Step> issue(int write) {
        require(mayIssue(write), Action.ISSUE);
        Write issued = writes.get(write);
        boolean sourceOnly = regions.state(issued.region) == RegionState.NOSYNC;
        writes.issue(issued, sourceOnly ? 1 << source : inUse());
        return issued.steps.legWrites(issued.legsTodo);
    }

    /**
     * Spec action {@code LegWrite}: one leg has been written.
     *
     * @param write the write
     * @param leg   the leg
     * @return the steps now possible
     */
    public List<Step> legWrite(int write, int leg) {
        require(mayWriteLeg(write, leg), Action.LEG_WRITE);
        Write issued = writes.get(write);
        issued.legsTodo &= ~(1 << leg);
        return mayEnd(issued) ? issued.steps.endWrite() : List.of();
    }

    /**
     * Spec action {@code LegWrite} of several legs, one after the other: those of them that the write still waits for.
     *
     * @param write the write; nothing happens if it is not being written any more, as legs that it waited for were put out of use
     * @param legs  the legs, a bit each
     * @return the steps now possible
     */
    public List<Step> legWrites(int write, int legs) {
        Write issued = writes.get(write);
        if (issued == null || issued.phase != WritePhase.ISSUED || (issued.legsTodo & legs) == 0) {
            return List.of();
        }
        issued.legsTodo &= ~legs;
        return mayEnd(issued) ? issued.steps.endWrite() : List.of();
    }

    /**
     * Spec action {@code EndWrite}; write_callback: every leg in use has the write, and that others have missed it is recorded. A resync may have waited for that, and writes
     * that overlap it.
     *
     * @param write the write
     * @return the steps now possible
     */
    public List<Step> endWrite(int write) {
        require(mayEnd(write), Action.END_WRITE);
        Write ended = writes.get(write);
        writes.end(ended);
        if (writes.pending(ended.region)) {
            List<Write> behind = writes.behind(ended);
            return behind.isEmpty() ? List.of() : issues(behind);
        }
        if (resync.recovering(ended.region)) {
            return resync.copies();
        }
        return mayQuiesce(ended.region) ? List.of(Step.of(Action.QUIESCE, ended.region)) : List.of();
    }

    /**
     * Spec action {@code Quiesce}; dm_rh_dec: a region has drained.
     *
     * @param region the region
     * @return the steps now possible: none until the volume closes, as rounds and sweeps are begun by whoever times them
     */
    public List<Step> quiesce(int region) {
        require(mayQuiesce(region), Action.QUIESCE);
        quiesced(region);
        if (mode != Mode.CLOSING) {
            return List.of();
        }
        List<Step> next = new ArrayList<>();
        closingSteps(next);
        return next;
    }

    private void quiesced(int region) {
        state(region, policy.cleanWhen() == CleanWhen.DRAINED ? RegionState.CLEAN : RegionState.MAYBE_DIRTY);
    }

    /**
     * Puts off {@link #quiesce}, until {@link #quiescePutOff}: a region in use drains after most of its writes, and what changes each time
     * goes to and fro between processors.
     *
     * @param region the region; the volume is not being closed
     */
    public void quiesceLater(int region) {
        require(mode == Mode.UP && mayQuiesce(region), Action.QUIESCE);
        putOff.add(region);
    }

    /** Spec action {@code Quiesce} of each region for which it was put off, and which has not been written since. */
    public void quiescePutOff() {
        if (!putOff.isEmpty()) {
            putOff.each(region -> {
                if (mayQuiesce(region)) {
                    quiesced(region);
                }
            });
            putOff.clear();
        }
    }

    /**
     * Spec action {@code UnmountBegin}; I2: the user has written all that it will write. The caller sees to that. A policy
     * that compares goes on with its sweep: that nothing more is written does not make legs equal that are not.
     *
     * @return the steps now possible
     */
    public List<Step> unmountBegin() {
        require(mode == Mode.UP && writes.isEmpty(), Action.UNMOUNT_BEGIN);
        mode = Mode.CLOSING;
        sweep = compares() ? sweep : Sweep.IDLE;
        List<Step> next = new ArrayList<>();
        closingSteps(next);
        return next;
    }

    /** Spec action {@code UnmountEnd}: all that can be marked clean is, durably. */
    public void unmountEnd() {
        require(mayEndUnmount(), Action.UNMOUNT_END);
        maybeDirty.clear();
        mode = Mode.DOWN;
    }

    private List<Step> issues(List<Write> held) {
        List<Step> next = new ArrayList<>();
        for (Write write : held) {
            if (mayIssue(write)) {
                next.addAll(write.steps.issue());
            }
        }
        return next;
    }
}
