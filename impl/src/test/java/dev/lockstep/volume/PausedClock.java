package dev.lockstep.volume;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that goes on when it is told to. */
final class PausedClock implements LongSupplier {
    private final AtomicLong now = new AtomicLong(-1);

    @Override
    public long getAsLong() {
        return now.get();
    }

    void pass(long nanos) {
        now.addAndGet(nanos);
    }
}
