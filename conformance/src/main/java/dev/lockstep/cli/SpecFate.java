package dev.lockstep.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lockstep.mutants.SpecMutant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of a mutant of the spec.
 *
 * @param mutant  the mutant
 * @param kill    what killed it; empty if nothing did
 * @param error   why TLC cannot evaluate it, one sentence; empty if it can, or if it was killed all the same
 * @param notes   what kept a judgement from being made, such as a run that took too long
 * @param seconds how long the replays took to judge it; the models judge many together
 */
record SpecFate(SpecMutant mutant, Optional<Kill> kill, Optional<String> error, List<String> notes, double seconds) {

    SpecFate {
        notes = List.copyOf(notes);
    }

    /** Returns what became of it when the models had judged it, too. */
    SpecFate and(SpecModels.Judgement judged) {
        boolean killed = judged.kill().isPresent();
        List<String> all = Stream.concat(notes.stream(), judged.notes().stream()).distinct().toList();
        return killed ? new SpecFate(mutant, judged.kill(), Optional.empty(), List.of(), seconds)
                : new SpecFate(mutant, Optional.empty(), error.or(judged::error), all, seconds);
    }

    /**
     * What killed a mutant.
     *
     * @param by       {@code property} or {@code replay}
     * @param property the property that is violated, or null
     * @param model    the model in which it is, or null
     * @param policy   the policy whose replay diverges, and what happens there beside; or null
     * @param action   the action at which it does, or null
     * @param found    what differs there, or null
     * @param steps    how many states the counterexample has, or steps the replay until it diverges
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Kill(String by, String property, String model, String policy, String action, List<String> found, int steps) {

        static Kill property(String property, String model, int steps) {
            return new Kill("property", property, model, null, null, null, steps);
        }

        static Kill replay(String policy, String action, List<String> found, int steps) {
            return new Kill("replay", null, null, policy, action, found, steps);
        }

        @Override
        public String toString() {
            return by.equals("property") ? property + " in " + model + ", " + steps + " states"
                    : "divergence under " + policy + " at " + action + ", step " + steps;
        }
    }
}
