package dev.lockstep.cli;

import dev.lockstep.scenario.Move;
import dev.lockstep.scenario.Sight;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A state of a behaviour and the step that led to it, as it is kept: all that is needed to draw it.
 *
 * @param number  the first state's is 1 in a counterexample, 0 in a trace, whose steps are counted from 1 on
 * @param action  the action and its parameters; {@code initial state} for the first state
 * @param line    first line of the action's definition; null if it is not known
 * @param module  the module that it stands in; null likewise
 * @param actor   who acts; empty if nothing is known of the action
 * @param meaning what it means; likewise
 * @param seed    the sentences of the mail that the action's comment in the spec cites
 * @param kernel  the kernel's functions that it names
 * @param moves   who gives what to whom; none if who acts does it alone
 * @param shows   what is so from now on that was not before; in the first state, all
 * @param changes what the step changed; for the first state, all there is
 * @param crash   whether it is a crash
 * @param harm    why this is the harmful step; null if it is not
 */
record ToldStep(int number, String action, Integer line, String module, String actor, String meaning, List<String> seed,
        List<String> kernel, List<Move> moves, List<Sight> shows, List<Changed> changes, boolean crash, String harm) {

    /**
     * The smallest part of a variable that a step changed.
     *
     * @param variable the variable and where in it: {@code leg[1].now[0]}
     * @param from     TLA+ text; null in the first state
     * @param to       TLA+ text
     */
    record Changed(String variable, String from, String to) {
    }

    /** Returns the changes in one line; nothing of the first state, all of which is new. */
    String changed() {
        return changes.stream().filter(change -> change.from() != null)
                .map(change -> change.variable() + ": " + change.from() + " → " + change.to())
                .collect(Collectors.joining(", "));
    }
}
