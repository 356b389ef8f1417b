package dev.lockstep.cli;

import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.tlc.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says in what a result is not as it was pinned, each in one sentence. */
final class PinComparison {
    private final Pin pin;
    private final ModelResult result;
    private final List<String> sentences = new ArrayList<>();

    private PinComparison(Pin pin, ModelResult result) {
        this.pin = pin;
        this.result = result;
    }

    /**
     * Returns the differences.
     *
     * @param sameTlc whether the TLC is the one that the pins are from: how much another one does before it comes upon
     *     a violation is its own affair, while how many states a model has, and the length of a shortest
     *     counterexample, is not; the length of one that goes on for ever is compared with neither
     */
    static List<String> of(Pin pin, ModelResult result, boolean sameTlc) {
        PinComparison comparison = new PinComparison(pin, result);
        if (comparison.verdict()) {
            if (sameTlc || pin.holds()) {
                comparison.states();
            }
            if (pin.holds()) {
                comparison.actions();
            }
        }
        return List.copyOf(comparison.sentences);
    }

    private boolean verdict() {
        Integer length = result.counterexample().map(Counterexample::length).orElse(null);
        if (pin.holds() && length != null) {
            sentences.add(pin.name() + " was expected to hold, but " + pin.property() + " is violated in " + length
                    + " states");
        } else if (!pin.holds() && result.verdict() == Verdict.HOLDS) {
            sentences.add(pin.name() + " was expected to be violated, but " + pin.property() + " holds");
        } else if (length != null && shortest() && !length.equals(pin.counterexampleLength())) {
            sentences.add(pin.name() + " has a counterexample of " + length + " states, where one of "
                    + pin.counterexampleLength() + " was expected");
        }
        return pin.holds() == (result.verdict() == Verdict.HOLDS);
    }

    /** A safety property's counterexample is a shortest one; where it goes on for ever, TLC shows whichever loop it comes upon. */
    private boolean shortest() {
        return result.counterexample().flatMap(Counterexample::loop).isEmpty();
    }

    private void states() {
        compare("distinct states", result.distinctStates(), pin.distinctStates());
        compare("generated states", result.totalStates(), pin.totalStates());
        compare("states at most on a shortest path", result.depth(), pin.depth());
    }

    private void compare(String what, long found, long expected) {
        if (found != expected) {
            sentences.add(String.format(Locale.ROOT, "%s has %,d %s, where %,d were expected", pin.name(), found, what,
                    expected));
        }
    }

    /** A guard or an UNCHANGED that is wrong can disable an action, so that everything holds. */
    private void actions() {
        for (Map.Entry<String, Long> action : result.fired().entrySet()) {
            boolean off = pin.off().contains(action.getKey());
            if (off && action.getValue() > 0) {
                sentences.add(String.format(Locale.ROOT, "%s has the action %s turned off, but it fired %,d times",
                        pin.name(), action.getKey(), action.getValue()));
            } else if (!off && action.getValue() == 0) {
                sentences.add(pin.name() + " has the action " + action.getKey() + ", but it never fired");
            }
        }
        for (String action : pin.off()) {
            if (!result.fired().containsKey(action)) {
                sentences.add(pin.name() + " is pinned to have the action " + action
                        + " turned off, but has no such action");
            }
        }
    }
}
