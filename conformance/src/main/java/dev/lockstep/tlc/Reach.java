package dev.lockstep.tlc;

import dev.lockstep.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How far TLC gets with each of many things that a model examines in one run, each from initial states of its own.
 *
 * @param states   how many states TLC found, of all of them together
 * @param furthest for each thing, by its number, how far it gets
 */
public record Reach(long states, Map<Long, Furthest> furthest) {
    /** Keeps a copy. */
    public Reach {
        furthest = Map.copyOf(furthest);
    }

    /**
     * The states of one thing in which it is furthest.
     *
     * @param distance how far that is
     * @param states   some of those states, or all if every end was asked for, each variable's value by its name; at least one
     */
    public record Furthest(long distance, List<Map<String, Value>> states) {
        /** Refuses to be without a state. */
        public Furthest {
            states = List.copyOf(states);
            Objects.checkIndex(0, states.size());
        }
    }
}
