package dev.lockstep.validate;

import dev.lockstep.trace.Value;
import java.util.List;

/**
 * What something is that has begun: {@code spec/Recorded.tla} says what each is. What a step leaves on a device is not known before its end;
 * one that never ends has a name of its own then.
 *
 * @param what      its name there; empty if nothing is lost when it is not taken down
 * @param arguments what it is told with
 */
record Begun(String what, List<Value> arguments) {
    /** Nothing that would have to be taken down. */
    static final Begun NOTHING = new Begun("");

    Begun {
        arguments = List.copyOf(arguments);
    }

    Begun(String what, Value... arguments) {
        this(what, List.of(arguments));
    }
}
