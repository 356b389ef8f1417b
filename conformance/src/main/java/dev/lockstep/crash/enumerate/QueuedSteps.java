package dev.lockstep.crash.enumerate;

import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import dev.lockstep.volume.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The seam as a queue, from which a seeded random picks the next step. The writes to one leg may be late, and the record of which legs are in
 * use: then each of them is passed over as long as there is anything else. Not thread-safe.
 */
final class QueuedSteps implements Steps {
    /** A step that was offered. */
    record Offered(Step step, Runnable body) {
    }

    /** No leg's writes are late. */
    static final int NO_LEG = -1;

    private final List<Offered> offered = new ArrayList<>();
    private int lateLeg = NO_LEG;
    private boolean lateRecord;

    @Override
    public void offer(Step step, Runnable body) {
        offered.add(new Offered(step, body));
    }

    boolean isEmpty() {
        return offered.isEmpty();
    }

    /** From now on the writes to a leg are late, or to none. */
    void late(int leg) {
        lateLeg = leg;
    }

    /** From now on it is late that it is recorded which legs are in use, or not. */
    void lateRecord(boolean late) {
        lateRecord = late;
    }

    /** Whether there is a step that is not late. */
    boolean prompt() {
        return offered.stream().anyMatch(each -> !isLate(each.step));
    }

    private boolean isLate(Step step) {
        return step.second() == lateLeg && (step.action() == Action.LEG_WRITE || step.action() == Action.RESYNC_COPY)
                || lateRecord && step.action() == Action.RECORD_BEGIN;
    }

    /** Forgets everything, as a kill does. */
    void drop() {
        offered.clear();
    }

    /** Takes one out. */
    Offered pick(Random random) {
        int late = 0;
        for (Offered each : offered) {
            late += isLate(each.step) ? 1 : 0;
        }
        if (late == 0 || late == offered.size()) {
            return offered.remove(random.nextInt(offered.size()));
        }
        int left = random.nextInt(offered.size() - late);
        int at = 0;
        while (isLate(offered.get(at).step) || left-- > 0) {
            at++;
        }
        return offered.remove(at);
    }
}
