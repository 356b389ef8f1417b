package dev.lockstep.volume;

/**
 * What a sweep calls sync() on: whatever holds modified pages of the volume. Source: I4, "issue sync() on all
 * filesystems".
 *
 * <p>Under idea 3 it is the pass that "one pdflush period" (I3) begins with: every page that is page-dirty now is to be
 * taken to be written, and no write is waited for.
 */
@FunctionalInterface
public interface SyncHook {

    /**
     * Begins a sync(): every page that is page-dirty now is to be written, and every write under way now is to end. Under
     * idea 3 it begins a pass.
     *
     * @param ended told when that is so, or that it cannot be; possibly before this call returns
     */
    void sync(Completion ended);

    /**
     * Tells that a sync() is not waited for any more: {@link Volume#giveUpSync}. It may go on; nothing hangs on it.
     *
     * @param ended what it was begun with; what that is told from now on has no effect
     */
    default void giveUp(Completion ended) {
        // One that keeps nothing of it has nothing to forget.
    }
}
