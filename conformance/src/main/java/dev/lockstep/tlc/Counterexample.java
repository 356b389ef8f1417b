package dev.lockstep.tlc;

import dev.lockstep.trace.Label;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A behaviour that violates a property, as TLC found it.
 *
 * @param steps its states from the initial one on; at least one
 * @param loop how it goes on for ever, if the property was a temporal one; empty for a safety property
 */
public record Counterexample(List<CounterexampleStep> steps, Optional<Loop> loop) {
    /**
     * How an endless behaviour goes on after its last state.
     *
     * @param backTo number of the state that follows
     * @param label the action that leads there; empty if nothing ever happens again (stuttering), and then {@code
     *         backTo} is the last state
     */
    public record Loop(int backTo, Optional<Label> label) {
        /** Refuses null. */
        public Loop {
            Objects.requireNonNull(label, "label");
        }
    }

    /** Copies the steps. */
    public Counterexample {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a counterexample has at least its initial state");
        }
        Objects.requireNonNull(loop, "loop");
    }

    /** Returns how many states it has, the initial one included. */
    public int length() {
        return steps.size();
    }
}
