package dev.lockstep.region;

/**
 * The guards of the System actions of {@code spec/Mirror.tla}: what may be done. {@link NextSteps} adds what follows, {@link
 * FailureSteps}, {@link SweepSteps}, {@link ResyncSteps} and {@link RegionMachine} what is done. Not thread-safe.
 */
abstract class Driver extends DriverVariables {
    Driver(Policy policy, int regions, int legs, int source, int chunksPerRegion) {
        super(policy, regions, legs, source, chunksPerRegion);
    }

    static void require(boolean enabled, Action action) {
        if (!enabled) {
            throw new IllegalStateException(action.specName() + " is not enabled");
        }
    }

    final boolean compares() {
        return policy.cleanWhen() == CleanWhen.COMPARE;
    }

    /** Spec definition {@code Working}: a policy that compares goes on with that after unmount, until all is done. */
    private boolean working() {
        return mode == Mode.UP || mode == Mode.CLOSING && compares();
    }

    /** Spec definition {@code SweepOver}: the sweep has done what it does before it certifies. */
    final boolean sweepOver() {
        return sweep == Sweep.SYNCED || sweep == Sweep.COMPARING && comparison.over();
    }

    /** Whether all that has drained may be marked clean, since no store can come any more and no page is on its way. */
    private boolean trustsUnmount() {
        return mode == Mode.CLOSING && !compares();
    }

    /** Whether a region could be marked clean if the legs were flushed now, while the volume closes. */
    private boolean eligibleOnClosing(int region) {
        return !regions.bit(region) && switch (regions.state(region)) {
            case CLEAN, DIRTY, MAYBE_DIRTY, CLEAN_CANDIDATE -> true;
            case NOSYNC, RECOVERING -> false;
        };
    }

    /** Spec definition {@code InUse}: a bit for each leg. */
    final int inUse() {
        return (1 << legs) - 1 & ~out;
    }

    final boolean inUse(int leg) {
        return (inUse() & 1 << leg) != 0;
    }

    /** Spec definition {@code FailureRecorded}: what the driver knows of failed legs is durable, and it knows that it is. */
    final boolean failureRecorded() {
        return recordIo == RecordIo.IDLE && recordedOut == out && recordedSource == source;
    }

    /**
     * Spec definition {@code MayBePutOut}: where regions are out of sync the source is the only leg that has them, and no leg may
     * take its place; nor can there be a volume without a leg.
     */
    private boolean mayBePutOut(int leg) {
        return mode != Mode.DOWN && inUse(leg) && inUse() != 1 << leg && (leg != source
                || regions.count(RegionState.NOSYNC) == 0 && regions.count(RegionState.RECOVERING) == 0);
    }

    private boolean mayReadmit(int leg) {
        return mode == Mode.UP && leg < legs && (out & 1 << leg) != 0 && writes.isEmpty() && round.idle() && sweep == Sweep.IDLE
                && resync.idle() && recordIo != RecordIo.BEGUN && ((blank & 1 << leg) == 0 || !regions.any(region -> !regions.durablyDirty(region) || regions.bit(region)));
    }

    private boolean mayDirtyAll() {
        return mode == Mode.UP && (blank & out) != 0 && regions.any(regions::bit);
    }

    /** Spec definition {@code KeptDirty}: while a leg is out that may come back with what it had, nothing is marked clean. */
    private boolean keptDirty() {
        return (out & ~blank) != 0;
    }

    /** Spec definition {@code Eligible}: puts them into the round. */
    final void chooseEligible() {
        RegionSet chosen = round.chosen();
        if (keptDirty()) {
            return;
        }
        if (trustsUnmount()) {
            regions.each(this::eligibleOnClosing, chosen::add);
            return;
        }
        if (dirtied) {
            regions.each(this::dirtiedWhileClean, unmarked::add);
            dirtied = false;
        }
        unmarked.each(region -> {
            if (drained(region)) {
                chosen.add(region);
            }
        });
        if (sweepOver()) {
            chosen.addAll(candidates);
        }
    }

    /** A region whose resync had no leg to copy to may be CLEAN with a write pending from before. */
    private boolean drained(int region) {
        return !writes.pending(region);
    }

    private boolean dirtiedWhileClean(int region) {
        return !regions.bit(region) && regions.state(region) == RegionState.CLEAN;
    }

    final boolean anyEligible() {
        if (keptDirty()) {
            return false;
        }
        return trustsUnmount()
                ? regions.any(this::eligibleOnClosing)
                : unmarked.any(this::drained) || sweepOver() && !candidates.isEmpty()
                || dirtied && regions.any(region -> dirtiedWhileClean(region) && drained(region));
    }

    final boolean mayIssue(int write) {
        Write found = writes.get(write);
        return found != null && mayIssue(found);
    }

    final boolean mayIssue(Write found) {
        return found.phase == WritePhase.SUBMITTED && regions.durablyDirty(found.region) && !writes.held(found);
    }

    final boolean mayWriteLeg(int write, int leg) {
        Write found = writes.get(write);
        return found != null && found.phase == WritePhase.ISSUED && (found.legsTodo & 1 << leg) != 0;
    }

    final boolean mayEnd(int write) {
        Write found = writes.get(write);
        return found != null && mayEnd(found);
    }

    final boolean mayEnd(Write found) {
        return found.phase == WritePhase.ISSUED && found.legsTodo == 0 && failureRecorded();
    }

    final boolean mayQuiesce(int region) {
        return working() && regions.state(region) == RegionState.DIRTY && !writes.pending(region)
                && policy.cleanWhen() != CleanWhen.UNMOUNT;
    }

    final boolean mayCertify() {
        return mode != Mode.DOWN && round.idle() && (sweepOver() || anyEligible());
    }

    final boolean mayEndRound(boolean marks) {
        return round.over() && round.chosen().isEmpty() != marks && failureRecorded();
    }

    final boolean mayNominate() {
        return working() && policy.cleanWhen().sweeps() && sweep == Sweep.IDLE && regions.count(RegionState.MAYBE_DIRTY) > 0;
    }

    final boolean mayCompare(int region, int chunk) {
        return working() && sweep == Sweep.COMPARING && comparison.todo(region, chunk);
    }

    /** A write that is pending may have yet to reach the legs whose contents are in question. */
    final boolean maySuspect(int region) {
        RegionState state = regions.state(region);
        return mode == Mode.UP && !writes.pending(region) && state != RegionState.NOSYNC && state != RegionState.RECOVERING;
    }

    final boolean mayResync(int region) {
        return mode == Mode.UP && resync.idle() && regions.state(region) == RegionState.NOSYNC
                && regions.durablyDirty(region);
    }

    /** The writes that came before the resync go first: the source may not have them yet, or it alone. */
    final boolean mayCopy(int chunk, int leg) {
        return !resync.idle() && !writes.pending(resync.region()) && resync.todo(chunk, leg);
    }

    final boolean mayEndResync(int region) {
        return resync.recovering(region) && resync.copied();
    }

    final boolean mayEndUnmount() {
        return mode == Mode.CLOSING && round.idle() && resync.idle() && log.settled() && !anyEligible()
                && failureRecorded() && (!compares() || allCompared());
    }

    /** Whether no sweep is under way, and every region is CLEAN or out of sync; or none can be marked clean, for a leg that is out. */
    private boolean allCompared() {
        return sweep == Sweep.IDLE && (keptDirty() || regions.count(RegionState.DIRTY) == 0
                && regions.count(RegionState.MAYBE_DIRTY) == 0 && candidates.isEmpty());
    }

    @Override
    public final boolean enabled(Step step) {
        return switch (step.action()) {
            case WRITE_BACK_CLEAR, COPY_PAGE, SUBMIT -> mode == Mode.UP;
            case LOG_WRITE -> mode != Mode.DOWN && log.mayWrite();
            case LOG_FLUSH_BEGIN -> log.io() == LogIo.WRITTEN;
            case LOG_FLUSH_END -> log.io() == LogIo.FLUSHING;
            case ISSUE -> mayIssue(step.first());
            case LEG_WRITE -> mayWriteLeg(step.first(), step.second());
            case END_WRITE -> mayEnd(step.first());
            case QUIESCE -> mayQuiesce(step.first());
            case FLUSH_BEGIN -> mode == Mode.UP && round.idle();
            case CERTIFY_BEGIN -> mayCertify();
            case LEG_FLUSH_END -> round.flush(step.first()) == LegFlush.BUSY;
            case FLUSH_END -> mayEndRound(false);
            case CERTIFY_END -> mayEndRound(true);
            case NOMINATE -> mayNominate();
            case SYNC_BEGIN -> mode == Mode.UP && sweep == Sweep.NOMINATED;
            case SYNC_END -> mode == Mode.UP && sweep == Sweep.SYNCING;
            case COMPARE -> mayCompare(step.first(), step.second());
            case SUSPECT -> maySuspect(step.first());
            case RESYNC_BEGIN -> mayResync(step.first());
            case RESYNC_COPY -> mayCopy(step.first(), step.second());
            case RESYNC_END -> mayEndResync(step.first());
            case NOTICE_FAILURE -> mayBePutOut(step.first());
            case LEG_FLUSH_FAILS -> (round.flush(step.first()) == LegFlush.BUSY || recordIo == RecordIo.BEGUN) && mayBePutOut(step.first());
            case RECORD_BEGIN -> mode != Mode.DOWN && !failureRecorded() && recordIo != RecordIo.BEGUN;
            case RECORD_FAILURE -> recordIo == RecordIo.BEGUN;
            case DIRTY_ALL -> mayDirtyAll();
            case READMIT -> mayReadmit(step.first());
            case SYNC_FAILS -> mode == Mode.UP && sweep == Sweep.SYNCING;
            case LOG_FLUSH_FAILS -> log.io() == LogIo.FLUSHING;
            case UNMOUNT_BEGIN -> mode == Mode.UP && writes.isEmpty();
            case UNMOUNT_END -> mayEndUnmount();
            case RESTART -> mode == Mode.DOWN;
        };
    }

    @Override
    public final boolean mayRead(int region, int leg) {
        return mode == Mode.UP && inUse(leg) && (leg == source || regions.state(region) == RegionState.CLEAN);
    }
}
