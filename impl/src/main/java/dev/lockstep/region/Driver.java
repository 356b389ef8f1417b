package dev.lockstep.region;

/**
 * The Driver variables of {@code spec/Mirror.tla}, and the guards of its System actions: what is, and what may be done.
 * {@link NextSteps} adds what follows, and {@link RegionMachine} what is done. Not thread-safe.
 */
abstract class Driver implements DriverView {
    final Policy policy;
    final int legs;
    final int source;
    final RegionTable regions;
    final WriteTable writes = new WriteTable();
    final LogWriter log;
    final Round round;
    final Resync resync;
    final Comparison comparison;
    /** The regions in the state of the same name: a sweep must not look for them among the others. */
    final RegionSet maybeDirty = new RegionSet();
    final RegionSet candidates = new RegionSet();
    /** The CLEAN regions with a bit that is not: drained under a policy that asks no more, or resynced. */
    final RegionSet unmarked = new RegionSet();
    final OutOfSync outOfSync = new OutOfSync();
    Sweep sweep = Sweep.IDLE;
    int sweeps;
    Mode mode = Mode.DOWN;

    Driver(Policy policy, int regions, int legs, int source, int chunksPerRegion) {
        this.policy = policy;
        this.legs = legs;
        this.source = source;
        this.regions = new RegionTable(regions);
        this.log = new LogWriter(this.regions);
        this.round = new Round(legs);
        this.resync = new Resync(legs, source, chunksPerRegion);
        this.comparison = new Comparison(chunksPerRegion);
    }

    static void require(boolean enabled, Action action) {
        if (!enabled) {
            throw new IllegalStateException(action.specName() + " is not enabled");
        }
    }

    /** Moves a region to a state, and between the sets that follow from it. */
    final void state(int region, RegionState state) {
        switch (regions.state(region)) {
            case MAYBE_DIRTY -> maybeDirty.remove(region);
            case CLEAN_CANDIDATE -> candidates.remove(region);
            case CLEAN -> unmarked.remove(region);
            case NOSYNC -> outOfSync.remove(region);
            case DIRTY, RECOVERING -> { }
        }
        regions.state(region, state);
        switch (state) {
            case MAYBE_DIRTY -> maybeDirty.add(region);
            case CLEAN_CANDIDATE -> candidates.add(region);
            case CLEAN -> {
                if (!regions.bit(region)) {
                    unmarked.add(region);
                }
            }
            case NOSYNC -> outOfSync.add(region);
            case DIRTY, RECOVERING -> { }
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

    /** Spec definition {@code Eligible}: puts them into the round. */
    final void chooseEligible() {
        RegionSet chosen = round.chosen();
        if (trustsUnmount()) {
            regions.each(this::eligibleOnClosing, chosen::add);
            return;
        }
        chosen.addAll(unmarked);
        if (sweepOver()) {
            chosen.addAll(candidates);
        }
    }

    final boolean anyEligible() {
        return trustsUnmount()
                ? regions.any(this::eligibleOnClosing)
                : !unmarked.isEmpty() || sweepOver() && !candidates.isEmpty();
    }

    final boolean mayIssue(int write) {
        Write found = writes.get(write);
        return found != null && found.phase == WritePhase.SUBMITTED && regions.durablyDirty(found.region)
                && !writes.held(found);
    }

    final boolean mayWriteLeg(int write, int leg) {
        Write found = writes.get(write);
        return found != null && found.phase == WritePhase.ISSUED && (found.legsTodo & 1 << leg) != 0;
    }

    final boolean mayEnd(int write) {
        Write found = writes.get(write);
        return found != null && found.phase == WritePhase.ISSUED && found.legsTodo == 0;
    }

    final boolean mayQuiesce(int region) {
        return working() && regions.state(region) == RegionState.DIRTY && !writes.pending(region)
                && policy.cleanWhen() != CleanWhen.UNMOUNT;
    }

    final boolean mayCertify() {
        return mode != Mode.DOWN && round.idle() && (sweepOver() || anyEligible());
    }

    final boolean mayNominate() {
        return working() && policy.cleanWhen().sweeps() && sweep == Sweep.IDLE && !maybeDirty.isEmpty();
    }

    final boolean mayCompare(int region, int chunk) {
        return working() && sweep == Sweep.COMPARING && comparison.todo(region, chunk);
    }

    /** A write that is pending may have yet to reach the legs whose contents are in question. */
    final boolean maySuspect(int region) {
        return mode == Mode.UP && !writes.pending(region) && regions.state(region) != RegionState.RECOVERING;
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
                && (!compares() || allCompared());
    }

    /** Whether every region is CLEAN or out of sync, and no sweep is under way. */
    private boolean allCompared() {
        return sweep == Sweep.IDLE && regions.count(RegionState.DIRTY) == 0 && maybeDirty.isEmpty() && candidates.isEmpty();
    }

    @Override
    public final boolean enabled(Step step) {
        return switch (step.action()) {
            case WRITE_BACK_CLEAR, SUBMIT -> mode == Mode.UP;
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
            case FLUSH_END -> round.over() && round.chosen().isEmpty();
            case CERTIFY_END -> round.over() && !round.chosen().isEmpty();
            case NOMINATE -> mayNominate();
            case SYNC_BEGIN -> mode == Mode.UP && sweep == Sweep.NOMINATED;
            case SYNC_END -> mode == Mode.UP && sweep == Sweep.SYNCING;
            case COMPARE -> mayCompare(step.first(), step.second());
            case SUSPECT -> maySuspect(step.first());
            case RESYNC_BEGIN -> mayResync(step.first());
            case RESYNC_COPY -> mayCopy(step.first(), step.second());
            case RESYNC_END -> mayEndResync(step.first());
            case UNMOUNT_BEGIN -> mode == Mode.UP && writes.isEmpty();
            case UNMOUNT_END -> mayEndUnmount();
            case RESTART -> mode == Mode.DOWN;
        };
    }

    @Override
    public final Mode mode() {
        return mode;
    }

    @Override
    public final RegionState state(int region) {
        return regions.state(region);
    }

    @Override
    public final int count(RegionState state) {
        return regions.count(state);
    }

    @Override
    public final boolean bit(int region) {
        return regions.bit(region);
    }

    @Override
    public final boolean durablyDirty(int region) {
        return regions.durablyDirty(region);
    }

    @Override
    public final boolean pending(int region) {
        return writes.pending(region);
    }

    @Override
    public final int nextOutOfSync(int from) {
        return outOfSync.next(from);
    }

    @Override
    public final boolean chosen(int region) {
        return round.chosen().contains(region);
    }

    @Override
    public final LogIo logIo() {
        return log.io();
    }

    @Override
    public final LegFlush legFlush(int leg) {
        return round.flush(leg);
    }

    @Override
    public final Sweep sweep() {
        return sweep;
    }

    @Override
    public final int sweeps() {
        return sweeps;
    }

    @Override
    public final boolean compareTodo(int region, int chunk) {
        return comparison.todo(region, chunk);
    }

    @Override
    public final WritePhase phase(int write) {
        Write found = writes.get(write);
        return found == null ? null : found.phase;
    }

    @Override
    public final int legsTodo(int write) {
        Write found = writes.get(write);
        return found == null ? 0 : found.legsTodo;
    }

    @Override
    public final int resyncRegion() {
        return resync.region();
    }

    @Override
    public final boolean copyTodo(int chunk, int leg) {
        return resync.todo(chunk, leg);
    }

    @Override
    public final boolean mayRead(int region, int leg) {
        return mode == Mode.UP && (leg == source || regions.state(region) == RegionState.CLEAN);
    }
}
