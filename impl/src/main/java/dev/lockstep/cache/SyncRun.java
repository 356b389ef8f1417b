package dev.lockstep.cache;

import dev.lockstep.volume.Completion;
import java.util.TreeSet;

/** What a sync() or a pass has yet to see: {@code syncDirty} and {@code syncWait} in Mirror.tla. Guarded by the cache's lock. */
final class SyncRun {
    final TreeSet<Long> toStart = new TreeSet<>();
    final TreeSet<Long> toEnd = new TreeSet<>();
    final Completion ended;
    private final boolean waits;

    /** One that waits for writes is a sync(); one that does not is a pass. */
    SyncRun(boolean waits, Completion ended) {
        this.waits = waits;
        this.ended = ended;
    }

    /** Sees a page as it is at the beginning. */
    void begin(Page page) {
        if (page.dirty) {
            toStart.add(page.number);
        }
        if (waits && page.underWriteBack()) {
            toEnd.add(page.number);
        }
    }

    void started(long page) {
        if (toStart.remove(page) && waits) {
            toEnd.add(page);
        }
    }

    /** It will not be written any more. */
    void dropped(long page) {
        toStart.remove(page);
    }

    void ended(long page) {
        toEnd.remove(page);
    }

    boolean over() {
        return toStart.isEmpty() && toEnd.isEmpty();
    }
}
