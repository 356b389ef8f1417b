package dev.lockstep.volume;

import java.util.function.LongSupplier;

/**
 * How fast a task may go: so many bytes a second on the average, whatever it does at a time. A piece may begin when those before
 * have been paid for, so a task is never ahead by more than one piece, and what it did not use is not saved up. Thread-safe.
 */
final class Pace {
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoTime;
    /** Guarded by this, as are all below; 0 for no limit. */
    private long bytesPerSecond;
    /** What was used and is not paid for, as of a time. */
    private double debt;
    private long asOf;

    Pace(long bytesPerSecond, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.asOf = nanoTime.getAsLong();
        set(bytesPerSecond);
    }

    /** Changes the pace; what was used before is paid for at the new one. */
    synchronized void set(long newBytesPerSecond) {
        if (newBytesPerSecond < 0) {
            throw new IllegalArgumentException("the pace is " + newBytesPerSecond + " bytes a second; 0, for no limit, or more is expected");
        }
        pay();
        bytesPerSecond = newBytesPerSecond;
    }

    synchronized void used(long bytes) {
        pay();
        debt += bytes;
    }

    /** How long to wait before the next piece may begin, in nanoseconds; 0 if it may begin. */
    synchronized long delay() {
        pay();
        return bytesPerSecond == 0 || debt <= 0 ? 0 : (long) Math.ceil(debt / bytesPerSecond * NANOS_PER_SECOND);
    }

    private void pay() {
        long now = nanoTime.getAsLong();
        debt = bytesPerSecond == 0 ? 0 : Math.max(0, debt - (now - asOf) / NANOS_PER_SECOND * bytesPerSecond);
        asOf = now;
    }
}
