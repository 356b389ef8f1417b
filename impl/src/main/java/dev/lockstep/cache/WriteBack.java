package dev.lockstep.cache;

/** A page's way to the volume. Guarded by the cache's lock. */
final class WriteBack {
    static final int NOT_SUBMITTED = -1;

    final Page page;
    boolean submitted;
    /** The number that the volume gave the write. */
    int write = NOT_SUBMITTED;

    WriteBack(Page page) {
        this.page = page;
    }
}
