package dev.lockstep.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A behaviour to be drawn: who takes part, and what happens.
 *
 * @param lanes from left to right
 * @param steps the first is the state in which it begins
 * @param loop  how it goes on for ever
 */
record Diagram(List<String> lanes, List<DiagramStep> steps, Optional<Loop> loop) {
    /**
     * How an endless behaviour goes on after its last state.
     *
     * @param backTo the number of the state that follows
     * @param action what leads there; none if nothing ever happens again
     */
    record Loop(long backTo, Optional<String> action) {
        static Loop of(Entry json) {
            return new Loop(json.number("backTo"), json.maybeText("action"));
        }

        String inWords() {
            return action.map(label -> "And back to state " + backTo + " by " + label + ", and so on for ever.")
                    .orElse("And nothing ever happens again.");
        }
    }

    /** Adds lanes that the steps speak of and the list does not have, so that whatever is told is drawn. */
    Diagram {
        Set<String> all = new LinkedHashSet<>(lanes);
        steps.forEach(step -> {
            step.lane().ifPresent(all::add);
            step.moves().forEach(move -> all.addAll(List.of(move.from(), move.to())));
            step.shows().forEach(sight -> all.add(sight.lane()));
        });
        lanes = new ArrayList<>(all);
        steps = List.copyOf(steps);
    }

    /**
     * Reads a behaviour.
     *
     * @param json  an object with {@code lanes}
     * @param steps the key of its steps
     * @param loop  the key of its loop
     * @return none if the result has no lanes: it is of a verb that tells of no more than actions
     */
    static Optional<Diagram> of(Entry json, String steps, String loop) {
        List<String> lanes = json.at("lanes").missing() ? List.of() : json.texts("lanes");
        return lanes.isEmpty() ? Optional.empty()
                : Optional.of(new Diagram(lanes, json.list(steps, DiagramStep::of), json.maybe(loop, Loop::of)));
    }
}
