package dev.lockstep.region;

/** A write that the driver has taken: the machine's side of it. Not thread-safe. */
final class Write {
    final int id;
    final int region;
    final Extent extent;
    WritePhase phase;
    /** The legs that have yet to be written, a bit each. */
    int legsTodo;

    Write(int id, int region, Extent extent, WritePhase phase) {
        this.id = id;
        this.region = region;
        this.extent = extent;
        this.phase = phase;
    }
}
