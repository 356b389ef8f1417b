package dev.lockstep.tlc;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What TLC's distributed mode found out about a model. There is no depth and no counterexample: with several workers
 * the search is not breadth first, and of a behaviour that ends in a violation that TLC prints the last step only.
 *
 * @param model name of the model
 * @param verdict whether its invariants hold
 * @param violated name of the invariant that is violated; empty if none is
 * @param distinctStates how many states were found; when violated, until then, which differs from run to run
 * @param totalStates how many states were generated, initial ones and repetitions included; when violated, until then.
 *         Empty if it cannot be told, see {@link DistributedRun}
 * @param workers how many workers took part
 * @param seconds wall-clock time of the server and what came before it and after it
 * @param tlcVersion see {@link ModelResult#tlcVersion}
 */
public record DistributedResult(String model, Verdict verdict, Optional<String> violated, long distinctStates,
        OptionalLong totalStates, int workers, double seconds, String tlcVersion) {
    /** Refuses a violation of nothing. */
    public DistributedResult {
        Objects.requireNonNull(model, "model");
        if ((verdict == Verdict.VIOLATED) != violated.isPresent()) {
            throw new IllegalArgumentException("a violation, and nothing else, names what is violated: " + model);
        }
    }
}
