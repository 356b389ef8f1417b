package dev.lockstep.volume;

import dev.lockstep.region.Step;

/**
 * The executor of steps: the one seam through which all asynchronous work passes. Running free it is threads; a replay
 * is a queue from which a trace picks what comes next.
 *
 * <p>A step that is offered is run at any time after, on any thread, in any order among those offered, and at the same time
 * as others. It checks for itself that it can still be made, and does nothing when it cannot. So it is never wrong to run
 * one late; and where the same step is offered again before it was run, running it once is enough.
 */
@FunctionalInterface
public interface Steps {

    /**
     * Takes a step to be run. It may be run before this call returns.
     *
     * @param step what will be done
     * @param body does it, and is run once at most; what was done before the offer has to be visible to it. It throws
     *             nothing, unless a leg or a completion has thrown what it must not: the volume has then stopped
     */
    void offer(Step step, Runnable body);

    /**
     * {@return whether this thread would run here what it offers now, as soon as it has done what it is at} If so, it may make
     * a step that follows at once instead, and alone, where that needs no I/O: that is only to offer it and come to it sooner.
     * A seam that picks what comes next says no, as a replay has to.
     */
    default boolean followsAtOnce() {
        return false;
    }
}
