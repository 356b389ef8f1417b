package dev.lockstep.scenario;

import dev.lockstep.trace.Label;
import java.util.List;
import java.util.Map;

/**
 * A scenario as it went under one policy, on real files.
 *
 * @param policy  the policy
 * @param steps   every step, the driver's own included
 * @param outcome what was left
 */
public record ScenarioRun(String policy, List<PlayedStep> steps, Outcome outcome) {

    /** Keeps a copy of the steps. */
    public ScenarioRun {
        steps = List.copyOf(steps);
    }

    /**
     * A step that was played.
     *
     * @param number  its place, from 1 on
     * @param label   the action and its parameters
     * @param actor   who acted
     * @param meaning what it means
     * @param seed    the sentences of the mail that tell of it
     * @param method  the Java method that carried it out
     * @param legs    the block's first bytes on each leg, in hexadecimal, read back from its file
     * @param page    the same of the page in memory, or null
     * @param state   the region's state, or null while there is no mirror
     * @param bit     what the log file says of the region: {@code clean} or {@code dirty}
     * @param harm    whether this is the step after which the legs differ
     * @param codes   the code of each variable of Mirror.tla after the step
     */
    public record PlayedStep(int number, Label label, String actor, String meaning, List<String> seed, String method,
            List<String> legs, String page, String state, String bit, boolean harm, Map<String, Long> codes) {
    }

    /**
     * What was left.
     *
     * @param legsEqual        whether the legs' files are equal, byte by byte
     * @param bitAfterCrash    what the log said of the region when the volume was opened again
     * @param leg0             the first leg's first bytes, in hexadecimal
     * @param leg1             the second leg's
     * @param differingOffset  the first byte in which they differ, or -1
     * @param resyncedRegions  how many regions were resynced after the crash
     * @param ownedByA         the block that file A was given before the crash
     * @param fsckSawIt        whether the bitmap that fsck read said that this block has an owner
     * @param handedOut        the block that the allocator hands out from the second leg's bitmap
     */
    public record Outcome(boolean legsEqual, String bitAfterCrash, String leg0, String leg1, int differingOffset,
            int resyncedRegions, int ownedByA, boolean fsckSawIt, int handedOut) {

        /**
         * {@return whether one block now has two owners: fsck found nothing to mend, and the allocator hands it out}
         */
        public boolean twoFilesOneBlock() {
            return fsckSawIt && ownedByA == handedOut;
        }
    }
}
