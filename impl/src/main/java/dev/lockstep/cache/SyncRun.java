package dev.lockstep.cache;

import java.util.TreeSet;

/** What a sync() has yet to see: {@code syncDirty} and {@code syncWait} in Mirror.tla. Guarded by the cache's lock. */
final class SyncRun {
    final TreeSet<Long> toStart = new TreeSet<>();
    final TreeSet<Long> toEnd = new TreeSet<>();
    private final Runnable done;

    SyncRun(Runnable done) {
        this.done = done;
    }

    boolean over() {
        return toStart.isEmpty() && toEnd.isEmpty();
    }

    Runnable done() {
        return done;
    }
}
