package dev.lockstep.cli;

import dev.lockstep.scenario.Lanes;
import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.ModelResult;
import java.util.List;
import java.util.Optional;

/**
 * What became of one model: the entries of {@code models} in {@code check.json}.
 *
 * @param expected empty if it is not pinned
 * @param counterexampleLength states in the counterexample, the initial one included; null when it holds
 * @param seconds wall-clock time of the run of TLC that judged it, and perhaps others too, see {@link Batch}
 * @param unexpected sentences; none if all is as pinned
 * @param lanes who takes part in the counterexample; none when it holds
 * @param counterexample its states; none when it holds
 * @param loop how the counterexample goes on for ever after its last state; null if it does not
 * @param back the same, as a number and an action; likewise
 */
record CheckedModel(String name, String module, String policy, String property, String claim, String expected,
        String verdict, Integer counterexampleLength, long distinctStates, long totalStates, int depth, double seconds,
        List<String> unexpected, List<String> lanes, List<ToldStep> counterexample, String loop, Explained.Loop back) {

    static CheckedModel of(ModelName name, ModelResult result, Optional<Pin> pin, List<String> unexpected, Teller teller) {
        Optional<Counterexample> found = result.counterexample();
        return new CheckedModel(name.name(), name.module(), name.policy(), name.property(),
                pin.map(Pin::claim).orElse(""), pin.map(Pin::expected).orElse(""), result.verdict().toString(),
                found.map(Counterexample::length).orElse(null), result.distinctStates(), result.totalStates(),
                result.depth(), result.seconds(), unexpected,
                found.map(example -> Lanes.of(example.steps().get(0).state())).orElse(List.of()),
                found.map(example -> teller.tell(name, example)).orElse(List.of()),
                found.flatMap(Counterexample::loop).map(CheckedModel::inWords).orElse(null),
                found.flatMap(Counterexample::loop).map(Explained.Loop::of).orElse(null));
    }

    private static String inWords(Counterexample.Loop loop) {
        return loop.label().map(label -> "back to state " + loop.backTo() + " by " + label + ", and so on for ever")
                .orElse("nothing happens any more");
    }
}
