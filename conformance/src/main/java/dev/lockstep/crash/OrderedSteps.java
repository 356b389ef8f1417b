package dev.lockstep.crash;

import dev.lockstep.region.Step;
import dev.lockstep.volume.Steps;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * A seam that runs steps in the order in which they were offered, on the thread that asks for it, and holds back those that
 * it is told to: so a mirror can be left in the middle of something. For one thread.
 */
final class OrderedSteps implements Steps {

    private record Offered(Step step, Runnable body) {
    }

    private final Deque<Offered> offered = new ArrayDeque<>();

    @Override
    public void offer(Step step, Runnable body) {
        offered.add(new Offered(step, body));
    }

    /** Runs all that was offered, and all that comes of it. */
    void run() {
        runUnless(step -> false);
    }

    /** Runs all that was offered, and all that comes of it, but for some steps, which stay. */
    void runUnless(Predicate<Step> held) {
        boolean ran = true;
        while (ran) {
            ran = false;
            Iterator<Offered> each = offered.iterator();
            while (each.hasNext() && !ran) {
                Offered next = each.next();
                if (!held.test(next.step)) {
                    each.remove();
                    next.body.run();
                    ran = true;
                }
            }
        }
    }
}
