package dev.lockstep.cache;

import dev.lockstep.volume.Completion;
import java.util.TreeSet;

/** What a sync() has yet to see: {@code syncDirty} and {@code syncWait} in Mirror.tla. Guarded by the cache's lock. */
final class SyncRun {
    final TreeSet<Long> toStart = new TreeSet<>();
    final TreeSet<Long> toEnd = new TreeSet<>();
    final Completion ended;

    SyncRun(Completion ended) {
        this.ended = ended;
    }

    void started(long page) {
        if (toStart.remove(page)) {
            toEnd.add(page);
        }
    }

    void ended(long page) {
        toEnd.remove(page);
    }

    boolean over() {
        return toStart.isEmpty() && toEnd.isEmpty();
    }
}
