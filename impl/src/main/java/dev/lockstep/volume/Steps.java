package dev.lockstep.volume;

import dev.lockstep.region.Step;

/**
 * The executor of steps: the one seam through which all asynchronous work passes. Running free it is threads; a replay
 * is a queue from which a trace picks what comes next.
 *
 * <p>A step that is offered may be run at any time after, once, on any thread, and in any order among those offered. It
 * checks for itself that it is still enabled, and does nothing when it is not; so it is never wrong to run one late, or
 * twice.
 */
@FunctionalInterface
public interface Steps {

    /**
     * Takes a step to be run.
     *
     * @param step what will be done
     * @param body does it; throws nothing but errors
     */
    void offer(Step step, Runnable body);
}
