package dev.lockstep.tlc;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One state of a counterexample and how it came about.
 *
 * @param number 1 for the initial state, and so on
 * @param label the action that led here; empty for an initial state. Its arguments are there if TLC printed them or if
 *         they could be told from the states; otherwise it is the name alone ({@link #argumentsKnown})
 * @param argumentsKnown whether the label has its arguments; true for an action without parameters
 * @param place where TLC sees the action, {@code line 13, col 16 to line 16, col 42 of module Mirror}; empty for an
 *         initial state
 * @param state every variable of the spec, by ascending name; unmodifiable
 * @param changes the variables that have another value than in the state before, by ascending name; none for an initial
 *         state
 */
public record CounterexampleStep(int number, Optional<Label> label, boolean argumentsKnown, String place,
        Map<String, Value> state, List<Change> changes) {

    /** Copies state and changes. */
    public CounterexampleStep {
        state = Collections.unmodifiableSortedMap(new TreeMap<>(state));
        changes = List.copyOf(changes);
    }

    /** Returns the initial state as a step. */
    static CounterexampleStep initial(Map<String, Value> state) {
        return new CounterexampleStep(1, Optional.empty(), true, "", state, List.of());
    }

    /** Returns the step from this state to that one. */
    CounterexampleStep next(Label label, boolean argumentsKnown, String place, Map<String, Value> next) {
        List<Change> changes = new ArrayList<>();
        new TreeMap<>(next).forEach((variable, after) -> {
            Value before = state.get(variable);
            if (before != null && !before.equals(after)) {
                changes.add(new Change(variable, before, after));
            }
        });
        return new CounterexampleStep(number + 1, Optional.of(label), argumentsKnown, place, next, changes);
    }

    CounterexampleStep withLabel(Label known) {
        return new CounterexampleStep(number, Optional.of(known), true, place, state, changes);
    }

    /** Returns number, action and changes in one line. */
    @Override
    public String toString() {
        return number + " " + label.map(Label::toString).orElse("initial state") + " " + changes;
    }
}
