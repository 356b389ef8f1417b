package dev.lockstep.crash.enumerate;

import dev.lockstep.region.Step;
import dev.lockstep.volume.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The seam as a queue, from which a seeded random picks the next step. Not thread-safe. */
final class QueuedSteps implements Steps {
    /** A step that was offered. */
    record Offered(Step step, Runnable body) {
    }

    private final List<Offered> offered = new ArrayList<>();

    @Override
    public void offer(Step step, Runnable body) {
        offered.add(new Offered(step, body));
    }

    boolean isEmpty() {
        return offered.isEmpty();
    }

    /** Forgets everything, as a kill does. */
    void drop() {
        offered.clear();
    }

    /** Takes one out. */
    Offered pick(Random random) {
        return offered.remove(random.nextInt(offered.size()));
    }
}
