package dev.lockstep.validate;

import dev.lockstep.trace.Value;
import java.util.List;

/**
 * Something that the mirror was seen to do, at some instant of an interval: {@code spec/Recorded.tla} says what each is.
 *
 * @param what      its name there
 * @param arguments what it is told with
 * @param certain   whether it is known to have been done; a step may come to nothing, and not show that
 * @param begin     a number of the recorder's clock: it was not done before
 * @param end       another: it was done by then
 */
record Event(String what, List<Value> arguments, boolean certain, long begin, long end) {
    Event {
        arguments = List.copyOf(arguments);
        if (begin >= end) {
            throw new IllegalArgumentException(what + " begins at " + begin + " and ends at " + end);
        }
    }

    /** Whether it is known to have come before another. */
    boolean before(Event other) {
        return end < other.begin;
    }

    /** The same, done by another instant. */
    Event endedBy(long instant) {
        return new Event(what, arguments, certain, begin, instant);
    }

    @Override
    public String toString() {
        return what + arguments.toString().replace('[', '(').replace(']', ')');
    }
}
