package dev.lockstep.crash.enumerate;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Steps;
import dev.lockstep.volume.SyncHook;
import dev.lockstep.volume.Volume;
import dev.lockstep.volume.VolumeListener;
import java.io.IOException;
import java.util.List;

/** Sees what is done with a volume by its user, at its seam and on its devices, and has all of it done. This one has it done, and sees nothing. */
interface Onlooker {
    /** Sees nothing. */
    Onlooker NONE = new Onlooker() { };

    /** Something that is done; it may throw. */
    @FunctionalInterface
    interface Act {
        void perform() throws IOException;
    }

    /** How many blocks of a page its user may change, from the first on. */
    default int changedBlocks() {
        return Integer.MAX_VALUE;
    }

    /** Whether blocks may hold zeros, of which it cannot be told what block they are of. */
    default boolean mayBeZeros() {
        return true;
    }

    /** The devices as the volume is to be opened on them. */
    default List<Leg> devices(List<Leg> devices) {
        return devices;
    }

    /** The seam that it is to be opened with. */
    default Steps seam(Steps steps) {
        return steps;
    }

    /** The listener that it is to be opened with. */
    default VolumeListener listener() {
        return VolumeListener.NONE;
    }

    /** What its sync() is to be. */
    default SyncHook syncs(SyncHook hook) {
        return hook;
    }

    default void opens(Act opening) throws IOException {
        opening.perform();
    }

    default void opened(Volume volume, DirtyRegionLog log) {
        // Nothing is seen.
    }

    default void killed() {
        // Nothing is seen.
    }

    default void stores(long page, List<Long> contents, Act store) throws IOException {
        store.perform();
    }

    default void marks(long page, Act mark) throws IOException {
        mark.perform();
    }

    default void writes(long page, List<Long> contents, Act submit) throws IOException {
        submit.perform();
    }

    default void writeTold(long page) {
        // Nothing is seen.
    }

    /** The number of the flush that is asked for next. */
    default int nextFlush() {
        return 0;
    }

    default void flushes(int number, Act ask) throws IOException {
        ask.perform();
    }

    default void flushTold(int number) {
        // Nothing is seen.
    }

    /** The user is told of the end of an unmount. */
    default void told() {
        // Nothing is seen.
    }
}
