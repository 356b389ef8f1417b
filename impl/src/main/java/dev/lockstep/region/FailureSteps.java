package dev.lockstep.region;

import java.util.ArrayList;
import java.util.List;

/**
 * What the driver does when something fails, and when a leg comes back: the System actions of {@code spec/Mirror.tla} that are
 * about it, each under its name. Like those of {@link RegionMachine}, each returns the steps that have become possible by it, and
 * throws {@link IllegalStateException} if it is not {@linkplain #enabled enabled}. Not thread-safe.
 */
abstract class FailureSteps extends NextSteps {
    FailureSteps(Policy policy, int regions, int legs, int source, int chunksPerRegion) {
        super(policy, regions, legs, source, chunksPerRegion);
    }

    /**
     * Spec action {@code NoticeFailure}; fail_mirror: something that was asked of a leg has failed, and the leg is put out of use.
     * Nothing waits for it any more, and nothing is marked clean until it is readmitted. If it was the source, the first leg in
     * use becomes the source: it has all that was written, as no region is out of sync. Where one is, the source cannot be put out.
     *
     * @param leg the leg; one that is in use, and not the last
     * @return the steps now possible: that it be recorded, first of all
     */
    public List<Step> noticeFailure(int leg) {
        require(enabled(Step.of(Action.NOTICE_FAILURE, leg)), Action.NOTICE_FAILURE);
        return putOut(leg);
    }

    /**
     * Spec action {@code LegFlushFails}: a leg's flush has failed, in a round or before a record. What its cache held may be lost at any time, and no
     * later flush would tell: the leg is put out of use, as {@link #noticeFailure} does.
     *
     * @param leg the leg
     * @return the steps now possible
     */
    public List<Step> legFlushFails(int leg) {
        require(enabled(Step.of(Action.LEG_FLUSH_FAILS, leg)), Action.LEG_FLUSH_FAILS);
        return putOut(leg);
    }

    private List<Step> putOut(int leg) {
        if (recordIo == RecordIo.BEGUN) {
            // That this leg is in use may be recorded or not.
            recordIo = RecordIo.UNSURE;
        }
        // Nor does a blank leg that was just taken in count as blank: it may be found not to be; or, where nothing of it was recorded yet, the
        // one that was there before, which lacks what would be marked clean.
        blank &= out;
        out |= 1 << leg;
        if (leg == source) {
            source = Integer.numberOfTrailingZeros(inUse());
        }
        writes.putOut(leg);
        resync.putOut(leg);
        round.putOut(leg);
        List<Step> next = new ArrayList<>();
        recordSteps(next);
        // What was going on may have waited for that leg alone, or have come to nothing because of it.
        if (!resync.idle() && resync.copied()) {
            next.add(Step.of(Action.RESYNC_END, resync.region()));
        }
        next.addAll(comparison.offersAnew());
        // A leg that was readmitted, and has failed again before that was recorded, is recorded to be out still.
        waitedForRecord(next);
        return next;
    }

    private void waitedForRecord(List<Step> next) {
        if (failureRecorded()) {
            for (Write write : writes.all()) {
                if (mayEnd(write.id)) {
                    next.add(Step.of(Action.END_WRITE, write.id));
                }
            }
            roundSteps(next);
            closingSteps(next);
        }
    }

    /**
     * Spec action {@code RecordBegin}: which legs are in use is to be recorded. Those that are get flushed first: the source may have what
     * is durable on no other leg any more.
     *
     * @return the steps now possible: that it be recorded
     */
    public List<Step> recordBegin() {
        require(enabled(Step.of(Action.RECORD_BEGIN)), Action.RECORD_BEGIN);
        recordIo = RecordIo.BEGUN;
        return List.of(Step.of(Action.RECORD_FAILURE));
    }

    /**
     * Spec action {@code RecordFailure}: it is durable which legs are in use, and they were flushed before. What waited for that
     * may end: writes that a leg has missed, the round, the unmount.
     *
     * @return the steps now possible
     */
    public List<Step> recordFailure() {
        require(enabled(Step.of(Action.RECORD_FAILURE)), Action.RECORD_FAILURE);
        recordIo = RecordIo.IDLE;
        recordedOut = out;
        recordedSource = source;
        blank &= out;
        List<Step> next = new ArrayList<>();
        waitedForRecord(next);
        return next;
    }

    /**
     * Tells the machine of the spec's action {@code Replace}, which is none of its own: a leg that is out is another device now, or
     * must count as one, and has nothing of the volume. That is recorded, durably, as from now on regions may be marked clean that the
     * leg which was there before lacks.
     *
     * @param leg the leg; one that is out, and recorded to be
     * @return the steps now possible: that every region's bit turn dirty, so that the leg can be taken in
     */
    public List<Step> replaced(int leg) {
        List<Step> next = removed(leg);
        Step dirtyAll = Step.of(Action.DIRTY_ALL);
        if (enabled(dirtyAll)) {
            next.add(dirtyAll);
        }
        return next;
    }

    /**
     * Tells the machine of the spec's action {@code Replace} by nothing: there is no leg any more at the place of one that is out. That
     * is recorded, durably.
     *
     * @param leg the leg; one that is out, and recorded to be
     * @return the steps now possible
     */
    public List<Step> removed(int leg) {
        if ((out & recordedOut & 1 << leg) == 0) {
            throw new IllegalStateException("leg " + leg + " is not recorded to be out of use, and cannot be replaced");
        }
        blank |= 1 << leg;
        List<Step> next = new ArrayList<>();
        closingSteps(next);
        return next;
    }

    /**
     * Spec action {@code DirtyAll}: before a blank leg is taken in every region's bit is to be dirty. If a round marks one clean again
     * before that, it is to be done again. It costs a look at each region, and no memory.
     *
     * @return the steps now possible
     */
    public List<Step> dirtyAll() {
        require(enabled(Step.of(Action.DIRTY_ALL)), Action.DIRTY_ALL);
        log.allDirty();
        dirtied = true;
        List<Step> next = new ArrayList<>();
        logSteps(next);
        return next;
    }

    /**
     * Spec action {@code Readmit}: a leg that was out is in use again. It has what was clean when it failed, as nothing was marked
     * clean since; all else is out of sync, and will be resynced. A blank one has nothing: every region has to be durably dirty.
     * Nothing may be under way.
     *
     * @param leg the leg
     * @return the steps now possible: that it be recorded
     */
    public List<Step> readmit(int leg) {
        require(enabled(Step.of(Action.READMIT, leg)), Action.READMIT);
        out &= ~(1 << leg);
        dirtied = false;
        for (int region = 0; region < regions.count(); region++) {
            state(region, regions.bit(region) ? RegionState.CLEAN : RegionState.NOSYNC);
        }
        List<Step> next = new ArrayList<>();
        recordSteps(next);
        return next;
    }

    /**
     * Spec action {@code SyncFails}: sync() has returned an error, or is not waited for any more. The sweep is given up, and its
     * candidates wait for the next one.
     */
    public void syncFails() {
        require(enabled(Step.of(Action.SYNC_FAILS)), Action.SYNC_FAILS);
        sweep = Sweep.IDLE;
        candidates.each(region -> regions.state(region, RegionState.MAYBE_DIRTY));
        maybeDirty.addAll(candidates);
        candidates.clear();
    }

    /**
     * Spec action {@code LogFlushFails}: the log's flush has failed. Nothing more can be promised of the log, and what waits for it
     * waits for ever; whoever asked for that is to be told.
     */
    public void logFlushFails() {
        require(enabled(Step.of(Action.LOG_FLUSH_FAILS)), Action.LOG_FLUSH_FAILS);
        log.flushFailed();
    }
}
