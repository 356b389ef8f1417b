package dev.lockstep.cli;

import dev.lockstep.tlc.Change;
import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.CounterexampleStep;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.trace.Label;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of one model: the entries of {@code models} in {@code check.json}.
 *
 * @param expected empty if it is not pinned
 * @param counterexampleLength states in the counterexample, the initial one included; null when it holds
 * @param seconds wall-clock time of the run of TLC that judged it, and perhaps others too, see {@link Batch}
 * @param unexpected sentences; none if all is as pinned
 * @param counterexample its states; none when it holds
 * @param loop how the counterexample goes on for ever after its last state; null if it does not
 */
record CheckedModel(String name, String module, String policy, String property, String claim, String expected,
        String verdict, Integer counterexampleLength, long distinctStates, long totalStates, int depth, double seconds,
        List<String> unexpected, List<State> counterexample, String loop) {

    private static final Pattern PLACE = Pattern.compile("line (\\d+), .* of module (\\w+)");

    /**
     * A state of a counterexample.
     *
     * @param number 1 for the initial state, and so on
     * @param action the label of the step that led here
     * @param line first line of the action's definition; null for the initial state
     * @param module the module that it stands in; null for the initial state
     * @param changes what the step changed; for the initial state, all there is
     */
    record State(int number, String action, Integer line, String module, List<Changed> changes) {
        static State of(CounterexampleStep step) {
            if (step.label().isEmpty()) {
                return new State(step.number(), "initial state", null, null, step.state().entrySet().stream()
                        .map(variable -> new Changed(variable.getKey(), null, variable.getValue().toString()))
                        .toList());
            }
            Matcher place = PLACE.matcher(step.place());
            boolean found = place.find();
            return new State(step.number(), step.label().map(Label::toString).orElse(""),
                    found ? Integer.valueOf(place.group(1)) : null, found ? place.group(2) : null,
                    step.changes().stream().flatMap(change -> Changed.of(change).stream()).toList());
        }
    }

    /**
     * The smallest part of a variable that a step changed.
     *
     * @param variable the variable and where in it: {@code leg[1].now[0]}
     * @param from TLA+ text; null in the initial state
     * @param to TLA+ text
     */
    record Changed(String variable, String from, String to) {
        static List<Changed> of(Change change) {
            return ValueDifference.of(change.variable(), change.before(), change.after()).stream()
                    .map(part -> new Changed(part.place(), part.from().toString(), part.to().toString())).toList();
        }
    }

    static CheckedModel of(ModelName name, ModelResult result, Optional<Pin> pin, List<String> unexpected) {
        Optional<Counterexample> found = result.counterexample();
        return new CheckedModel(name.name(), name.module(), name.policy(), name.property(),
                pin.map(Pin::claim).orElse(""), pin.map(Pin::expected).orElse(""), result.verdict().toString(),
                found.map(Counterexample::length).orElse(null), result.distinctStates(), result.totalStates(),
                result.depth(), result.seconds(), unexpected,
                found.map(example -> example.steps().stream().map(State::of).toList()).orElse(List.of()),
                found.flatMap(Counterexample::loop).map(CheckedModel::inWords).orElse(null));
    }

    private static String inWords(Counterexample.Loop loop) {
        return loop.label().map(label -> "back to state " + loop.backTo() + " by " + label + ", and so on for ever")
                .orElse("nothing happens any more");
    }
}
