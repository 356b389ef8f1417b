package dev.lockstep.cli;

import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.DeepResult;
import dev.lockstep.tlc.Verdict;
import java.util.List;

/**
 * How far the judging of one large model came: the entries of {@code deep} in {@code check.json}.
 *
 * @param verdict {@code holds} if every state was judged, {@code violated}, or {@code no violation so far}
 * @param depth every behaviour of so many states is judged, see {@link dev.lockstep.tlc.DeepRun}
 * @param distinctStates states found
 * @param totalStates states generated
 * @param queued states found whose steps are yet to be taken
 * @param seconds wall-clock time
 * @param counterexampleLength states in the counterexample; null if there is none
 * @param counterexample its states
 */
record DeepModel(String name, String policy, String property, String verdict, int depth, long distinctStates,
        long totalStates, long queued, double seconds, Integer counterexampleLength,
        List<ToldStep> counterexample) {
    static final String SO_FAR = "no violation so far";

    static DeepModel of(ModelName name, DeepResult result, Teller teller) {
        return new DeepModel(name.name(), name.policy(), name.property(),
                result.verdict().map(Verdict::toString).orElse(SO_FAR), result.figures().depth(),
                result.figures().distinctStates(), result.figures().totalStates(), result.figures().queued(),
                result.seconds(), result.counterexample().map(Counterexample::length).orElse(null),
                result.counterexample().map(found -> teller.tell(name, found)).orElse(List.of()));
    }

    boolean violated() {
        return verdict.equals(Verdict.VIOLATED.toString());
    }

    boolean complete() {
        return verdict.equals(Verdict.HOLDS.toString());
    }

    /** Returns the same in the form of an ordinary model, for its counterexample. */
    CheckedModel asChecked() {
        return new CheckedModel(name, "", policy, property, "", "", verdict, counterexampleLength, distinctStates,
                totalStates, depth, seconds, List.of(), List.of(), counterexample, null, null);
    }
}
