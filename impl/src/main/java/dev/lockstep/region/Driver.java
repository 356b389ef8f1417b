package dev.lockstep.region;

import java.util.TreeSet;

/**
 * The Driver variables of {@code spec/Mirror.tla}, and the guards of its System actions: what is, and what may be done.
 * {@link RegionMachine} adds what is done. Not thread-safe.
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
    /** The regions in the state of the same name: a sweep must not look for them among the others. */
    final TreeSet<Integer> maybeDirty = new TreeSet<>();
    final TreeSet<Integer> candidates = new TreeSet<>();
    /** The CLEAN regions with a bit that is not: drained under a policy that asks no more, or resynced. */
    final TreeSet<Integer> unmarked = new TreeSet<>();
    Sweep sweep = Sweep.IDLE;
    Mode mode = Mode.DOWN;

    Driver(Policy policy, int regions, int legs, int source, int chunksPerRegion) {
        this.policy = policy;
        this.legs = legs;
        this.source = source;
        this.regions = new RegionTable(regions);
        this.log = new LogWriter(this.regions);
        this.round = new Round(legs);
        this.resync = new Resync(legs, source, chunksPerRegion);
    }

    static void require(boolean enabled, Action action) {
        if (!enabled) {
            throw new IllegalStateException(action.specName() + " is not enabled");
        }
    }

    /** Moves a region to a state, and between the sets that follow from it. */
    final void state(int region, RegionState state) {
        maybeDirty.remove(region);
        candidates.remove(region);
        unmarked.remove(region);
        regions.state(region, state);
        switch (state) {
            case MAYBE_DIRTY -> maybeDirty.add(region);
            case CLEAN_CANDIDATE -> candidates.add(region);
            case CLEAN -> {
                if (!regions.bit(region)) {
                    unmarked.add(region);
                }
            }
            case DIRTY, NOSYNC, RECOVERING -> { }
        }
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
        TreeSet<Integer> chosen = round.chosen();
        if (mode == Mode.CLOSING) {
            regions.each(this::eligibleOnClosing, chosen::add);
            return;
        }
        chosen.addAll(unmarked);
        if (sweep == Sweep.SYNCED) {
            chosen.addAll(candidates);
        }
    }

    final boolean anyEligible() {
        return mode == Mode.CLOSING
                ? regions.any(this::eligibleOnClosing)
                : !unmarked.isEmpty() || sweep == Sweep.SYNCED && !candidates.isEmpty();
    }

    final boolean mayIssue(int write) {
        Write found = writes.get(write);
        return found != null && found.phase == WritePhase.SUBMITTED && regions.durablyDirty(found.region);
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
        return mode == Mode.UP && regions.state(region) == RegionState.DIRTY && !writes.pending(region)
                && policy.cleanWhen() != CleanWhen.UNMOUNT;
    }

    final boolean mayCertify() {
        return mode != Mode.DOWN && round.idle() && (sweep == Sweep.SYNCED || anyEligible());
    }

    final boolean mayNominate() {
        return mode == Mode.UP && policy.cleanWhen() == CleanWhen.SWEEP && sweep == Sweep.IDLE && !maybeDirty.isEmpty();
    }

    final boolean mayResync(int region) {
        return mode == Mode.UP && resync.idle() && regions.state(region) == RegionState.NOSYNC
                && !writes.pending(region) && regions.durablyDirty(region);
    }

    final boolean mayCopy(int chunk, int leg) {
        return !resync.idle() && resync.todo(chunk, leg);
    }

    final boolean mayEndResync(int region) {
        return resync.recovering(region) && resync.copied();
    }

    final boolean mayEndUnmount() {
        return mode == Mode.CLOSING && round.idle() && resync.idle() && log.settled() && !anyEligible();
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
    public final boolean bit(int region) {
        return regions.bit(region);
    }

    @Override
    public final boolean durablyDirty(int region) {
        return regions.durablyDirty(region);
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
