package dev.lockstep.region;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The log's writer: one cycle of write, flush begin and flush end at a time. Not thread-safe. */
final class LogWriter {
    private final RegionTable regions;
    private final TreeSet<Integer> changed = new TreeSet<>();
    private LogIo io = LogIo.IDLE;
    private boolean whole;
    /** Whether every bit is to turn dirty in the next write, and what changed differs from that. */
    private boolean allDirty;
    /** The number of regions whose bit is not what was last written. */
    private int differing;
    private List<LogUpdate.Change> written = List.of();

    LogWriter(RegionTable regions) {
        this.regions = regions;
    }

    LogIo io() {
        return io;
    }

    /** What the log was found to say is all in memory, and none of it is known to be durable. */
    void opened() {
        io = LogIo.STALE;
    }

    void bit(int region, boolean clean) {
        if (regions.bit(region) == clean) {
            return;
        }
        regions.bit(region, clean);
        boolean logged = regions.logged(region);
        differing += clean == logged ? -1 : 1;
        if (clean == (logged && !allDirty)) {
            changed.remove(region);
        } else {
            changed.add(region);
        }
        if (differing == 0) {
            changed.clear();
            allDirty = false;
        }
    }

    /** Every bit turns dirty; no list is made of them, as a volume may have two million. */
    void allDirty() {
        differing = 0;
        regions.each(regions::logged, region -> differing++);
        regions.each(regions::bit, region -> regions.bit(region, false));
        changed.clear();
        allDirty = differing > 0;
    }

    boolean mayWrite() {
        return io == LogIo.STALE || io == LogIo.IDLE && differing > 0;
    }

    LogUpdate write() {
        boolean dirtied = allDirty;
        if (dirtied) {
            regions.each(regions::logged, region -> regions.logged(region, false));
            allDirty = false;
        }
        differing = 0;
        List<LogUpdate.Change> changes = new ArrayList<>(changed.size());
        for (int region : changed) {
            boolean clean = regions.bit(region);
            regions.logged(region, clean);
            if (clean) {
                regions.durablyDirty(region, false);
            }
            changes.add(new LogUpdate.Change(region, clean));
        }
        changed.clear();
        whole = io == LogIo.STALE || dirtied;
        written = changes;
        io = LogIo.WRITTEN;
        return new LogUpdate(whole, dirtied, changes);
    }

    void flushBegun() {
        io = LogIo.FLUSHING;
    }

    void flushEnded() {
        if (whole) {
            regions.each(region -> !regions.logged(region), region -> regions.durablyDirty(region, true));
        } else {
            for (LogUpdate.Change change : written) {
                if (!change.clean()) {
                    regions.durablyDirty(change.region(), true);
                }
            }
        }
        written = List.of();
        io = LogIo.IDLE;
    }

    /** Nothing that was written is known to be durable, and nothing will be. */
    void flushFailed() {
        written = List.of();
        io = LogIo.FAILED;
    }

    /** Whether the log says what it is to say, as far as a flush that has ended can tell. */
    boolean settled() {
        return io == LogIo.IDLE && differing == 0;
    }
}
