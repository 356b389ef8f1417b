package dev.lockstep.sut;

import dev.lockstep.region.Step;
import dev.lockstep.volume.Steps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The seam under replay: a queue of offered steps, from which the trace picks. It may say that what follows is made at once, as a thread of a file
 * volume's would: the trace then picks each step that has I/O to do, and what needs none is made with the step that it follows from. Not thread-safe.
 */
public final class TraceSteps implements Steps {
    private final Map<Step, Runnable> offered = new LinkedHashMap<>();
    private final boolean atOnce;

    /** One from which every step is picked. */
    TraceSteps() {
        this(false);
    }

    /**
     * One with no steps offered yet.
     *
     * @param atOnce whether what follows is made at once where it can be
     */
    TraceSteps(boolean atOnce) {
        this.atOnce = atOnce;
    }

    @Override
    public boolean followsAtOnce() {
        return atOnce;
    }

    @Override
    public void offer(Step step, Runnable body) {
        offered.put(step, body);
    }

    /** {@return whether a step was offered and not run yet} */
    boolean isOffered(Step step) {
        return offered.containsKey(step);
    }

    /** {@return what was offered and not run yet, in order} */
    List<Step> waiting() {
        return new ArrayList<>(offered.keySet());
    }

    /** Runs a step; false if it was not offered. */
    boolean run(Step step) {
        Runnable body = offered.remove(step);
        if (body == null) {
            return false;
        }
        body.run();
        return true;
    }
}
