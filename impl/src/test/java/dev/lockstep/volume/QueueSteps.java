package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** A seam whose owner picks what comes next. A step that was offered twice is run twice, as threads would. */
public final class QueueSteps implements Steps {

    private record Offered(Step step, Runnable body) {
    }

    private final List<Offered> offered = new ArrayList<>();

    @Override
    public void offer(Step step, Runnable body) {
        offered.add(new Offered(step, body));
    }

    /** Runs all there is, in order. */
    public void run() {
        runAllBut();
    }

    /** Runs all there is, in an order that the numbers choose. */
    public void run(Random random) {
        while (!offered.isEmpty()) {
            offered.remove(random.nextInt(offered.size())).body.run();
        }
    }

    /** Runs so many at most, in an order that the numbers choose. */
    public void run(Random random, int most) {
        for (int left = most; left > 0 && !offered.isEmpty(); left--) {
            offered.remove(random.nextInt(offered.size())).body.run();
        }
    }

    /** Runs so many steps in order, and forgets the rest, as a kill does; true if there was no rest. */
    public boolean run(int made) {
        for (int i = 0; i < made && !offered.isEmpty(); i++) {
            offered.remove(0).body.run();
        }
        boolean all = offered.isEmpty();
        drop();
        return all;
    }

    /** Runs in order, and holds back the steps of some actions. */
    public void runAllBut(Action... held) {
        while (runFirst(step -> !List.of(held).contains(step.action()))) {
            // All that follows too.
        }
    }

    /** Runs one step. */
    public void run(Step step) {
        if (!runFirst(step::equals)) {
            throw new AssertionError(step + " is not offered, but " + offered());
        }
    }

    /** Runs the step of that name that was offered first. */
    public void run(Action action) {
        if (!runFirst(step -> step.action() == action)) {
            throw new AssertionError(action + " is not offered, but " + offered());
        }
    }

    private boolean runFirst(Predicate<Step> wanted) {
        for (int i = 0; i < offered.size(); i++) {
            if (wanted.test(offered.get(i).step)) {
                offered.remove(i).body.run();
                return true;
            }
        }
        return false;
    }

    /** What was offered and has not run. */
    public List<Step> offered() {
        return offered.stream().map(Offered::step).toList();
    }

    /** Forgets everything, as a kill does. */
    public void drop() {
        offered.clear();
    }
}
