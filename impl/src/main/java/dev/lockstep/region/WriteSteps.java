package dev.lockstep.region;

import java.util.ArrayList;
import java.util.List;

/**
 * The steps of the writes that have a number one after the other. They are the same each time, and each write is
 * offered four, so they are made once. Not thread-safe.
 */
final class WriteSteps {
    private final int write;
    private final List<Step> issue;
    private final List<Step> endWrite;
    /** For the legs that were asked for last, which seldom change. */
    private List<Step> legWrites = List.of();
    private int legs;

    WriteSteps(int write) {
        this.write = write;
        this.issue = List.of(Step.of(Action.ISSUE, write));
        this.endWrite = List.of(Step.of(Action.END_WRITE, write));
    }

    /** {@link Action#ISSUE} alone. */
    List<Step> issue() {
        return issue;
    }

    /** {@link Action#END_WRITE} alone. */
    List<Step> endWrite() {
        return endWrite;
    }

    /**
     * {@link Action#LEG_WRITE}, in the order of the legs.
     *
     * @param todo the legs, a bit each
     */
    List<Step> legWrites(int todo) {
        if (legs != todo) {
            List<Step> steps = new ArrayList<>();
            for (int left = todo; left != 0; left &= left - 1) {
                steps.add(new Step(Action.LEG_WRITE, write, Integer.numberOfTrailingZeros(left)));
            }
            legWrites = List.copyOf(steps);
            legs = todo;
        }
        return legWrites;
    }
}
