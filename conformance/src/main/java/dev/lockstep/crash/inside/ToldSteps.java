package dev.lockstep.crash.inside;

import dev.lockstep.cache.CacheView;
import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import dev.lockstep.volume.Steps;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A seam that tells of the cache's writes: as begun before they can begin, and as ended after they have. Thread-safe.
 */
final class ToldSteps implements Steps {
    private final Steps steps;
    private final Teller teller;
    /** The pages whose write was told as begun and not yet as ended; the lock of what is told, too. */
    private final Set<Long> begun = new HashSet<>();
    /** Set once, before the cache's first step. */
    private volatile CacheView cache;

    private final int slots;

    ToldSteps(Steps steps, int slots, Teller teller) {
        this.steps = steps;
        this.slots = slots;
        this.teller = teller;
    }

    void tellOf(CacheView view) {
        cache = view;
    }

    @Override
    public void offer(Step step, Runnable body) {
        steps.offer(step, () -> {
            if (reads(step)) {
                begins(cache.pageIn(step.first()));
            }
            body.run();
            if (step.action() == Action.END_WRITE) {
                tellEnded();
            }
        });
    }

    /** Whether a page's memory is read from this step on: where it is copied, that is not its submit. */
    private boolean reads(Step step) {
        return step.action() == Action.COPY_PAGE || step.action() == Action.SUBMIT && cache.copyIn(step.first()) == null;
    }

    /** A page has one write at a time, so an older one has ended. */
    private void begins(long page) {
        synchronized (begun) {
            if (!begun.add(page)) {
                teller.pageWriteEnded(page);
            }
            teller.pageWriteBegun(page);
        }
    }

    private void tellEnded() {
        synchronized (begun) {
            Set<Long> still = IntStream.range(0, slots).mapToObj(cache::pageIn).collect(Collectors.toSet());
            for (Iterator<Long> pages = begun.iterator(); pages.hasNext();) {
                long page = pages.next();
                if (!still.contains(page)) {
                    teller.pageWriteEnded(page);
                    pages.remove();
                }
            }
        }
    }
}
