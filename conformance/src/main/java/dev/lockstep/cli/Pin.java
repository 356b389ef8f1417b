package dev.lockstep.cli;

import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.tlc.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a model is expected to show.
 *
 * @param name see {@link ModelName#name}
 * @param module see {@link ModelName#module}
 * @param policy see {@link ModelName#policy}
 * @param property see {@link ModelName#property}
 * @param claim what the verdict says, in one sentence; written by hand
 * @param switches assumptions of the spec that tell this model from others, and their values; written by hand
 * @param expected {@code holds} or {@code violated}
 * @param counterexampleLength states in the shortest counterexample, the initial one included; null when it holds
 * @param distinctStates states found; when violated, until then
 * @param totalStates states generated; when violated, until then
 * @param depth states on the longest of the shortest paths; when violated, until then
 * @param off actions that the model's constants turn off, so that they never fire
 */
record Pin(String name, String module, String policy, String property, String claim, Map<String, Boolean> switches,
        String expected, Integer counterexampleLength, long distinctStates, long totalStates, int depth,
        List<String> off) {

    Pin {
        List.of(name, module, policy, property, claim).forEach(Objects::requireNonNull);
        if (!holds(expected) && !Verdict.VIOLATED.toString().equals(expected)) {
            throw new IllegalArgumentException("holds or violated was expected, and " + expected + " found");
        }
        if (holds(expected) != (counterexampleLength == null)) {
            throw new IllegalArgumentException(
                    "a model that holds has the counterexampleLength null, and another has a number");
        }
        switches = new TreeMap<>(switches);
        off = List.copyOf(off);
    }

    private static boolean holds(String expected) {
        return Verdict.HOLDS.toString().equals(expected);
    }

    boolean holds() {
        return holds(expected);
    }

    /** Returns the pin that this result is; what only a person can write is to be filled in. */
    static Pin of(ModelName name, ModelResult result) {
        return new Pin(name.name(), name.module(), name.policy(), name.property(), "", Map.of(),
                result.verdict().toString(), result.counterexample().map(Counterexample::length).orElse(null),
                result.distinctStates(), result.totalStates(), result.depth(),
                result.verdict() == Verdict.HOLDS ? neverFired(result) : List.of());
    }

    private static List<String> neverFired(ModelResult result) {
        return result.fired().entrySet().stream().filter(fired -> fired.getValue() == 0).map(Map.Entry::getKey).toList();
    }

    /** Returns this with what a person wrote into an earlier pin; of a violation that includes what is off. */
    Pin withWordsOf(Pin earlier) {
        return new Pin(name, module, policy, property, earlier.claim, earlier.switches, expected, counterexampleLength,
                distinctStates, totalStates, depth, holds() ? off : earlier.off);
    }
}
