package dev.lockstep.volume;

/**
 * What a sweep calls sync() on: whatever holds modified pages of the volume. Source: I4, "issue sync() on all
 * filesystems".
 */
@FunctionalInterface
public interface SyncHook {

    /**
     * Begins a sync(): every page that is page-dirty now is to be written, and every write under way now is to end.
     *
     * @param done to be run once, when that is so; it may be run before this call returns
     */
    void sync(Runnable done);
}
