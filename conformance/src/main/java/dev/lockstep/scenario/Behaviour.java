package dev.lockstep.scenario;

import dev.lockstep.tlc.Change;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is seen of a behaviour as it goes on, step after step. Not thread-safe. */
public final class Behaviour {
    private final Moves moves;
    private Map<String, Value> state;

    /**
     * One that has not begun.
     *
     * @param copied whether the legs are written from a copy that the driver has made of the memory
     */
    public Behaviour(boolean copied) {
        moves = new Moves(copied);
    }

    /**
     * What is seen of a step.
     *
     * @param moves   who gives what to whom; none if who acts does it alone
     * @param shows   what is so from now on; of the first state, all
     * @param changes the smallest parts of variables that have another value than before; of the first state, each variable
     */
    public record Seen(List<Move> moves, List<Sight> shows, List<Part> changes) {
    }

    /**
     * A part of a variable that has another value.
     *
     * @param place the variable and where in it: {@code leg[1].now[0]}
     * @param from  what it had; none in the first state
     * @param to    what it has
     */
    public record Part(String place, Optional<Value> from, Value to) {
    }

    /**
     * Takes the next step.
     *
     * @param action         what leads to the state, as the module that defines it calls it; none for the first state
     * @param argumentsKnown whether the action has its parameters
     * @param after          the state
     * @return what is seen of it
     */
    public Seen next(Optional<Label> action, boolean argumentsKnown, Map<String, Value> after) {
        Map<String, Value> before = state;
        state = after;
        List<Part> changes = new ArrayList<>();
        if (before == null) {
            after.forEach((variable, value) -> changes.add(new Part(variable, Optional.empty(), value)));
            return new Seen(List.of(), Sights.of(after), changes);
        }
        after.forEach((variable, value) -> {
            Value then = before.get(variable);
            if (then != null && !then.equals(value)) {
                new Change(variable, then, value).details()
                        .forEach(part -> changes.add(new Part(part.variable(), Optional.of(part.before()), part.after())));
            }
        });
        List<Move> made = argumentsKnown ? action.map(label -> moves.of(label, before, after)).orElse(List.of()) : List.of();
        return new Seen(made, Sights.of(before, after), changes);
    }
}
