package dev.lockstep.cache;

import dev.lockstep.volume.Copied;

/** A page's way to the volume. Guarded by the cache's lock. */
final class WriteBack {
    static final int NOT_SUBMITTED = -1;

    final Page page;
    boolean submitted;
    /** What was copied of the page, where the legs read a copy; null until then. */
    Copied copied;
    /** The number that the volume gave the write. */
    int write = NOT_SUBMITTED;

    WriteBack(Page page) {
        this.page = page;
    }
}
