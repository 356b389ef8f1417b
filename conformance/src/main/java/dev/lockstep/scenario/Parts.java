package dev.lockstep.scenario;

import dev.lockstep.trace.BoolValue;
import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.SetValue;
import dev.lockstep.trace.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for parts of a state's values. What is not there is none: the specification's modules have different variables. */
final class Parts {
    private Parts() {
    }

    /**
     * Returns a part of a variable.
     *
     * @param path fields by their names, values of functions by their arguments
     */
    static Optional<Value> of(Map<String, Value> state, String variable, Object... path) {
        Optional<Value> found = Optional.ofNullable(state.get(variable));
        for (Object part : path) {
            found = found.flatMap(value -> part(value, part));
        }
        return found;
    }

    private static Optional<Value> part(Value value, Object part) {
        if (value instanceof RecordValue fields && part instanceof String name) {
            return Optional.ofNullable(fields.fields().get(name));
        }
        return value instanceof FunctionValue function && part instanceof Value argument
                ? Optional.ofNullable(function.entries().get(argument)) : Optional.empty();
    }

    /** Returns what a function has for each argument; nothing if it is none. */
    static Map<Value, Value> entries(Optional<Value> value) {
        return value.map(found -> found instanceof FunctionValue function ? function.entries() : null).orElse(Collections.emptySortedMap());
    }

    /** Returns a set's elements, ascending; none if it is no set. */
    static List<Value> elements(Optional<Value> value) {
        return value.stream().flatMap(found -> found instanceof SetValue set ? set.elements().stream() : Stream.empty()).toList();
    }

    static boolean isTrue(Value value) {
        return value instanceof BoolValue flag && flag.value();
    }
}
