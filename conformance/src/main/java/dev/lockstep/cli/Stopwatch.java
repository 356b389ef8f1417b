package dev.lockstep.cli;

import java.time.Duration;

/** How long something takes. Immutable. */
final class Stopwatch {
    private final long start = System.nanoTime();

    /** {@return the seconds since it was made, at least a thousandth} */
    double seconds() {
        return Math.max(1, Duration.ofNanos(System.nanoTime() - start).toMillis()) / 1000.0;
    }
}
