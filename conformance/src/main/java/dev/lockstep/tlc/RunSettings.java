package dev.lockstep.tlc;

import java.time.Duration;
import java.util.Objects;

/**
 * How to run TLC.
 *
 * @param tlc the TLC that judges
 * @param timeout how long one model may take, on the wall clock, before its JVM is killed
 * @param recoverArguments whether to find out the arguments of the actions in a counterexample where TLC does not print
 *         them. It takes a second or so a counterexample, whichever TLC judges, with the bundled one
 */
public record RunSettings(TlcDistribution tlc, Duration timeout, boolean recoverArguments) {
    /** Refuses null, and a time that is not positive. */
    public RunSettings {
        Objects.requireNonNull(tlc, "tlc");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout is positive, not " + timeout);
        }
    }

    /** Returns settings for the bundled TLC, with arguments. */
    public static RunSettings bundled(Duration timeout) {
        return new RunSettings(TlcDistribution.bundled(), timeout, true);
    }
}
