package dev.lockstep.tlc;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What TLC found out about a model.
 *
 * @param model name of the model
 * @param verdict whether its property holds
 * @param violated name of the invariant or property that is violated, as the configuration has it; empty if none is
 * @param counterexample the behaviour that violates it; empty if none does
 * @param distinctStates how many states were found; when violated, until then, and 0 if an initial state violates
 * @param totalStates how many states were generated, initial ones and repetitions included; when violated, likewise
 * @param depth states on the longest of the shortest paths, the initial one included; when violated, likewise
 * @param fired action to how many steps it made (every successor state that it generated, new or not), in all its
 *         parameters; 0 for an action that never fired. When violated, until then, and not exact
 * @param seconds wall-clock time that TLC's JVM lived
 * @param tlcVersion how TLC calls itself, {@code TLC2 Version 2.18 of 20 March 2023}
 */
public record ModelResult(String model, Verdict verdict, Optional<String> violated,
        Optional<Counterexample> counterexample, long distinctStates, long totalStates, int depth,
        Map<String, Long> fired, double seconds, String tlcVersion) {

    /** Copies the counts. */
    public ModelResult {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(violated, "violated");
        fired = Collections.unmodifiableSortedMap(new TreeMap<>(fired));
        if ((verdict == Verdict.VIOLATED) != counterexample.isPresent()) {
            throw new IllegalArgumentException("a violation, and nothing else, has a counterexample: " + model);
        }
    }
}
