package dev.lockstep.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    private static final int ID_LENGTH = 16;

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
     * Returns the hash of everything in this trace: two traces have the same id exactly when they are equal.
     *
     * @return the first 16 hexadecimal digits of a SHA-256
     */
    public String id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, specHash);
            add(digest, policy);
            add(digest, size);
            addState(digest, start);
            for (Step step : steps) {
                add(digest, step.label().toString());
                addState(digest, step.post());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void addState(MessageDigest digest, Map<String, Value> state) {
        add(digest, Integer.toString(state.size()));
        state.forEach((name, value) -> {
            add(digest, name);
            add(digest, value.toString());
        });
    }

    /** The length goes first, so that no two different lists of texts give the same bytes. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }
}
