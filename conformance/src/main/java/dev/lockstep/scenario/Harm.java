package dev.lockstep.scenario;

import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.CounterexampleStep;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The harmful step of a behaviour. If what is promised is that the legs agree, and they do not in the last state, it is the first
 * step from which on they differ in every state: the rest only has that believed. Of an endless behaviour it is the step with which
 * what repeats for ever begins. Else it is the last step, with which the promise is broken.
 *
 * @param number the number of the state that the step leads to
 * @param why    why it is this one, a sentence
 */
public record Harm(int number, String why) {
    /** What says that legs agree. */
    private static final Set<String> LEGS_AGREE = Set.of("NoDesync", "NoDesyncOwned", "ReadStability");

    /**
     * {@return the harmful step of a counterexample; none if it has no step at all}
     *
     * @param counterexample TLC's
     * @param property       the property that it violates
     */
    public static Optional<Harm> of(Counterexample counterexample, String property) {
        List<CounterexampleStep> steps = counterexample.steps();
        int last = steps.get(steps.size() - 1).number();
        if (steps.size() == 1) {
            return Optional.empty();
        }
        if (counterexample.loop().isPresent()) {
            Counterexample.Loop loop = counterexample.loop().get();
            boolean stutters = loop.label().isEmpty();
            int number = loop.backTo() > steps.get(0).number() ? loop.backTo() : last;
            return Optional.of(new Harm(number, stutters ? "From here on nothing happens any more, and " + property + " is never kept."
                    : "From here on it goes round for ever, and " + property + " is never kept."));
        }
        Optional<Harm> differ = LEGS_AGREE.contains(property)
                ? legsDiffer(steps.stream().map(CounterexampleStep::state).toList(), steps.get(0).number()) : Optional.empty();
        return differ.or(() -> Optional.of(new Harm(last, "With this step " + property + " is violated.")));
    }

    /**
     * {@return the first step from which on the legs in use differ until the end; none if they agree at the end, or differ from
     * the first state on}
     *
     * @param states every state, in order
     * @param first  the first one's number
     */
    public static Optional<Harm> legsDiffer(List<Map<String, Value>> states, int first) {
        int from = states.size();
        while (from > 0 && differ(states.get(from - 1))) {
            from--;
        }
        return from == states.size() || from == 0 ? Optional.empty()
                : Optional.of(new Harm(first + from, "From here to the end the legs differ."));
    }

    private static boolean differ(Map<String, Value> state) {
        Collection<Value> out = new HashSet<>(Parts.elements(Parts.of(state, "out")));
        out.addAll(Parts.elements(Parts.of(state, "record", "out")));
        List<Value> contents = new ArrayList<>();
        Parts.entries(Parts.of(state, "leg")).keySet().stream().filter(leg -> !out.contains(leg))
                .forEach(leg -> Parts.of(state, "leg", leg, "now").ifPresent(contents::add));
        return contents.stream().distinct().count() > 1;
    }
}
