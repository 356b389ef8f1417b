package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A sync() that a sweep has called: it ends once, well or not. One that is told twice, or late, must not end the sync() of the next
 * sweep before that has done its work. Thread-safe.
 */
final class SyncCall implements Completion {
    private final Consumer<Step> offer;
    private final AtomicBoolean over = new AtomicBoolean();

    SyncCall(Consumer<Step> offer) {
        this.offer = offer;
    }

    @Override
    public void ended() {
        end(Action.SYNC_END);
    }

    @Override
    public void failed(IOException cause) {
        end(Action.SYNC_FAILS);
    }

    /** Ends it as one that has failed; false if it had ended. */
    boolean giveUp() {
        return end(Action.SYNC_FAILS);
    }

    private boolean end(Action action) {
        boolean first = !over.getAndSet(true);
        if (first) {
            offer.accept(Step.of(action));
        }
        return first;
    }
}
