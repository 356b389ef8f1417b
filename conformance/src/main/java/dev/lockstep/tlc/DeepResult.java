package dev.lockstep.tlc;

import java.util.Objects;
import java.util.Optional;

/**
 * What TLC found out about a model in the time that it had.
 *
 * @param model name of the model
 * @param verdict whether its property holds; empty if the time was up before that was known
 * @param violated see {@link ModelResult#violated}
 * @param counterexample the behaviour that violates it; empty if none was found
 * @param figures how far the search came
 * @param seconds wall-clock time that TLC's JVM lived
 * @param tlcVersion see {@link ModelResult#tlcVersion}
 */
public record DeepResult(String model, Optional<Verdict> verdict, Optional<String> violated,
        Optional<Counterexample> counterexample, DeepFigures figures, double seconds, String tlcVersion) {
    /** Refuses null. */
    public DeepResult {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(figures, "figures");
    }
}
