package dev.lockstep.trace;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A finite behaviour of a model: a start state and the steps from it. {@link Itf} reads and writes it.
 *
 * @param specHash hash of the spec that the trace was taken from; a replay of another spec refuses the trace
 * @param policy name of the policy
 * @param size {@code 1x2x2}: regions × blocks a region × legs
 * @param start every variable in the start state; unmodifiable, by ascending name
 * @param steps the steps in order; unmodifiable
 */
public record Trace(String specHash, String policy, String size, Map<String, Value> start, List<Step> steps) {
    /**
     * Copies start and steps; refuses null.
     *
     * @throws IllegalArgumentException if a step's state has other variables than the start
     */
    public Trace {
        Objects.requireNonNull(specHash, "specHash");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(size, "size");
        start = States.copy(start);
        steps = List.copyOf(steps);
        for (Step step : steps) {
            if (!step.post().keySet().equals(start.keySet())) {
                throw new IllegalArgumentException("the state after " + step.label() + " has the variables "
                        + step.post().keySet() + ", but the trace starts with " + start.keySet());
            }
        }
    }

    /**
     * Returns the hash of everything in this trace, and of nothing else: two traces have the same id exactly when they are equal, wherever
     * they come from.
     *
     * @return the first 16 hexadecimal digits of a SHA-256
     */
    public String id() {
        ContentHash hash = new ContentHash();
        byte[] trace = hash.start(specHash, policy, size, hash.state(start));
        for (Step step : steps) {
            trace = hash.step(trace, hash.text(step.label().toString()), hash.state(step.post()));
        }
        return ContentHash.id(trace);
    }
}
