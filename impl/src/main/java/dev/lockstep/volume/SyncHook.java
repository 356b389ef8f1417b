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
     * @param ended told when that is so, or that it cannot be; possibly before this call returns
     */
    void sync(Completion ended);
}
