package dev.lockstep.region;

/** The Driver variables of {@code spec/Mirror.tla}: what is. {@link Driver} adds what may be done. Not thread-safe. */
abstract class DriverVariables implements DriverView {
    /** No set of legs, and with none of them in it. */
    private static final int UNKNOWN = Integer.MIN_VALUE;

    final Policy policy;
    final int legs;
    final RegionTable regions;
    final WriteTable writes = new WriteTable();
    final LogWriter log;
    final Round round;
    final Resync resync;
    final Comparison comparison;
    /** Spec variable {@code out}: the legs out of use, a bit each. */
    int out;
    /** Spec variable {@code knownBlank}: the legs, all recorded to be out, that have nothing of the volume, or are not there at all. */
    int blank;
    /** Spec variable {@code source}. */
    int source;
    /** Spec variable {@code recordIo}. */
    RecordIo recordIo = RecordIo.IDLE;
    /** Spec variable {@code record}, as far as this process knows: what it found or has seen written. Of no account while it is not idle. */
    int recordedOut;
    int recordedSource;
    /**
     * The regions that have come to the state of the same name since the last sweep began: it must not look for them among the others.
     * Those that were written again are still in it, as a region in use comes and goes with each write.
     */
    final RegionSet maybeDirty = new RegionSet();
    /** The regions in the state of the same name. */
    final RegionSet candidates = new RegionSet();
    /** The DIRTY regions that have drained, or had: whoever has put that step off for them makes it when it matters. */
    final RegionSet putOff = new RegionSet();
    /** The CLEAN regions with a bit that is not: drained under a policy that asks no more, or resynced. */
    final RegionSet unmarked = new RegionSet();
    /** Whether there may be more of those than are in that set: every bit has turned dirty, of ever so many regions. */
    boolean dirtied;
    final OutOfSync outOfSync = new OutOfSync();
    Sweep sweep = Sweep.IDLE;
    int sweeps;
    Mode mode = Mode.DOWN;

    DriverVariables(Policy policy, int regions, int legs, int source, int chunksPerRegion) {
        this.policy = policy;
        this.legs = legs;
        this.source = source;
        this.recordedSource = source;
        this.regions = new RegionTable(regions);
        this.log = new LogWriter(this.regions);
        this.round = new Round(legs);
        this.resync = new Resync(legs, chunksPerRegion);
        this.comparison = new Comparison(chunksPerRegion);
    }

    /** Moves a region to a state, and between the sets that follow from it. */
    final void state(int region, RegionState state) {
        switch (regions.state(region)) {
            case CLEAN_CANDIDATE -> candidates.remove(region);
            case CLEAN -> unmarked.remove(region);
            case NOSYNC -> outOfSync.remove(region);
            case MAYBE_DIRTY, DIRTY, RECOVERING -> { }
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
    public final int out() {
        return out;
    }

    @Override
    public final int knownBlank() {
        return blank;
    }

    @Override
    public final int source() {
        return source;
    }

    @Override
    public final int recordedOut() {
        return recordIo == RecordIo.IDLE ? recordedOut : UNKNOWN;
    }

    @Override
    public final RecordIo recordIo() {
        return recordIo;
    }

    @Override
    public final int recordedSource() {
        return recordedSource;
    }
}
