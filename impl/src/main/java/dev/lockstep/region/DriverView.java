package dev.lockstep.region;

/** The Driver variables of {@code spec/Mirror.tla}, to be read. Not thread-safe: callers hold the machine's lock. */
public interface DriverView {

    /**
     * {@return whether an action's guard, as far as the driver's own variables go, is true}
     *
     * @param step the action and its parameters
     */
    boolean enabled(Step step);

    /** {@return whether the volume takes work} */
    Mode mode();

    /**
     * {@return a region's state}
     *
     * @param region the region
     */
    RegionState state(int region);

    /**
     * {@return how many regions are in a state; it is kept, not counted}
     *
     * @param state the state
     */
    int count(RegionState state);

    /**
     * {@return the bit that the log is to have for a region: true is clean}
     *
     * @param region the region
     */
    boolean bit(int region);

    /**
     * {@return whether a region's bit is known to be durably dirty}
     *
     * @param region the region
     */
    boolean durablyDirty(int region);

    /**
     * {@return whether a region has a write that is counted in and has not ended} One that is parked is not counted in.
     *
     * @param region the region
     */
    boolean pending(int region);

    /**
     * {@return the first NOSYNC region from a region on, or -1} Clean regions are not looked at.
     *
     * @param from the region to begin with
     */
    int nextOutOfSync(int from);

    /**
     * {@return whether the round under way will mark a region clean}
     *
     * @param region the region
     */
    boolean chosen(int region);

    /** {@return where the log's writer is} */
    LogIo logIo();

    /**
     * {@return where a leg's flush is}
     *
     * @param leg the leg
     */
    LegFlush legFlush(int leg);

    /** {@return where the sweep is} */
    Sweep sweep();

    /** {@return how many sweeps were begun, which tells a sweep from the one before it} */
    int sweeps();

    /**
     * {@return whether the sweep has yet to compare a chunk}
     *
     * @param region the region
     * @param chunk  the chunk, counted in its region
     */
    boolean compareTodo(int region, int chunk);

    /**
     * {@return where a write is, or null if no write in flight has that number}
     *
     * @param write the write
     */
    WritePhase phase(int write);

    /**
     * {@return the legs that a write in flight has yet to reach, a bit each}
     *
     * @param write the write
     */
    int legsTodo(int write);

    /** {@return the region that is being resynced, or -1} */
    int resyncRegion();

    /**
     * {@return whether the resync has yet to copy a chunk to a leg}
     *
     * @param chunk the chunk, counted in its region
     * @param leg   the leg
     */
    boolean copyTodo(int chunk, int leg);

    /**
     * {@return whether a region may be read from a leg: a CLEAN one from any in use, any other from the source alone}
     *
     * @param region the region
     * @param leg    the leg
     */
    boolean mayRead(int region, int leg);

    /** {@return the legs that are out of use, a bit each} */
    int out();

    /** {@return spec variable {@code knownBlank}: the legs that the driver takes for ones that have nothing of the volume or are not there, a bit each} */
    int knownBlank();

    /** {@return the leg that a region out of sync is read and resynced from} */
    int source();

    /** {@return the legs that are durably recorded to be out of use, a bit each; none of them, and a number below 0, while the record
     *         is not {@linkplain RecordIo#IDLE idle}} */
    int recordedOut();

    /** {@return how far the record is of which legs are in use} */
    RecordIo recordIo();

    /** {@return the source that is durably recorded, as far as the driver has seen} */
    int recordedSource();
}
