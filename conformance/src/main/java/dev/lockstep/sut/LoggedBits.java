package dev.lockstep.sut;

import dev.lockstep.region.LogUpdate;
import dev.lockstep.region.RegionMachine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** The bits of a log that is written as a machine says: of each log write it has to name those that change, and no others. Not thread-safe. */
final class LoggedBits {
    private final int regions;
    private final BitSet clean = new BitSet();

    LoggedBits(int regions) {
        this.regions = regions;
    }

    /** A log is found with these bits. */
    void found(IntPredicate cleanInLog) {
        clean.clear();
        for (int region = 0; region < regions; region++) {
            clean.set(region, cleanInLog.test(region));
        }
    }

    /**
     * The log is written.
     *
     * @throws AdapterException if not just those bits change that the machine has otherwise than the log
     */
    void write(LogUpdate update, RegionMachine machine) {
        if (update.allDirty()) {
            clean.clear();
        }
        List<LogUpdate.Change> changes = new ArrayList<>();
        for (int region = 0; region < regions; region++) {
            if (clean.get(region) != machine.bit(region)) {
                changes.add(new LogUpdate.Change(region, machine.bit(region)));
                clean.flip(region);
            }
        }
        if (!update.changes().equals(changes)) {
            throw new AdapterException("a log write that changes " + changes, "it changes " + update.changes());
        }
    }
}
