package dev.lockstep.cli;

import dev.lockstep.replay.Difference;
import dev.lockstep.tlc.Change;
import dev.lockstep.trace.FormatException;
import dev.lockstep.trace.TlaValueParser;
import dev.lockstep.trace.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing in which the mirror is not as the model says, as it is kept and shown: of a variable the part that differs, no more.
 *
 * @param variable the variable and where in it: {@code leg[1].now[0]}; or {@code enabled}, if it is what can be done next
 * @param expected what the model says
 * @param observed what the mirror shows
 */
record ShownDifference(String variable, String expected, String observed) {

    /** Returns the smallest parts of what differs, in order. */
    static List<ShownDifference> of(List<Difference> differences) {
        return differences.stream().flatMap(ShownDifference::parts).toList();
    }

    private static Stream<ShownDifference> parts(Difference difference) {
        Optional<Value> expected = difference.action().isPresent() ? Optional.empty() : value(difference.expected());
        Optional<Value> observed = expected.flatMap(value -> value(difference.observed()));
        if (observed.isEmpty() || expected.equals(observed)) {
            return Stream.of(new ShownDifference(difference.variable(), difference.expected(), difference.observed()));
        }
        return new Change(difference.variable(), expected.get(), observed.get()).details().stream()
                .map(part -> new ShownDifference(part.variable(), part.before().toString(), part.after().toString()));
    }

    /** What is said in words is no value. */
    private static Optional<Value> value(String text) {
        try {
            return Optional.of(TlaValueParser.parse(text));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** Returns {@code leg[1].now[0]: expected 0, observed 1}. */
    @Override
    public String toString() {
        return variable + ": expected " + expected + ", observed " + observed;
    }
}
