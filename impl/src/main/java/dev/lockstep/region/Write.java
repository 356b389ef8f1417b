package dev.lockstep.region;

import java.util.ArrayList;
import java.util.List;

/** A write that the driver has taken: the machine's side of it. Not thread-safe. */
final class Write {
    final int id;
    final int region;
    /** Its {@link Extent}; here, as every write that comes while it is in flight looks at it. */
    final long first;
    final long end;
    WritePhase phase;
    /** What it is offered; set when it is taken. */
    WriteSteps steps;
    /** The legs that have yet to be written, a bit each. */
    int legsTodo;
    /** The writes that were counted in before it and after it, of those to its region that have not ended. */
    Write before;
    Write after;
    /** The next in the same place of {@link LastWrites}, whose this is to change. */
    Write sharing;
    /** How many writes it waits for, as they overlap it. */
    int holders;
    /** The writes that wait for it, in the order in which they came. */
    List<Write> held = List.of();

    Write(int id, int region, Extent extent, WritePhase phase) {
        this.id = id;
        this.region = region;
        this.first = extent.first();
        this.end = extent.end();
        this.phase = phase;
    }

    void hold(Write later) {
        if (held.isEmpty()) {
            held = new ArrayList<>();
        }
        held.add(later);
        later.holders++;
    }

    void letGo() {
        for (Write later : held) {
            later.holders--;
        }
    }
}
