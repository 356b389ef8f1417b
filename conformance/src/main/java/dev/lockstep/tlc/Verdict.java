package dev.lockstep.tlc;

import java.util.Locale;

/** What TLC says about the property of a model. */
public enum Verdict {
    /** TLC visited every reachable state and found no violation. */
    HOLDS,
    /** TLC found a behaviour of the model that violates the property. */
    VIOLATED;

    /** Returns {@code holds} or {@code violated}, as the JSON results have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
