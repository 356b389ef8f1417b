package dev.lockstep.cli;

import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a variable that has another value than before.
 *
 * @param place the variable and where in it: {@code leg[1].now[0]}
 * @param from the part's value before
 * @param to the part's value after
 */
record ValueDifference(String place, Value from, Value to) {
    /** Returns the smallest parts in which two values of a variable differ; none if they are equal. */
    static List<ValueDifference> of(String variable, Value from, Value to) {
        List<ValueDifference> differences = new ArrayList<>();
        collect(variable, from, to, differences);
        return differences;
    }

    private static void collect(String place, Value from, Value to, List<ValueDifference> differences) {
        Map<String, Value> before = parts(from);
        Map<String, Value> after = parts(to);
        if (from.equals(to)) {
            return;
        }
        if (before.isEmpty() || !before.keySet().equals(after.keySet())) {
            differences.add(new ValueDifference(place, from, to));
            return;
        }
        before.forEach((part, value) -> collect(place + part, value, after.get(part), differences));
    }

    /** Returns the parts of a function by what is written after it to mean them; none if it is no function. */
    private static Map<String, Value> parts(Value value) {
        Map<String, Value> parts = new LinkedHashMap<>();
        if (value instanceof RecordValue fields) {
            fields.fields().forEach((name, part) -> parts.put("." + name, part));
        } else if (value instanceof FunctionValue function) {
            function.entries().forEach((argument, part) -> parts.put("[" + argument + "]", part));
        } else if (value instanceof TupleValue tuple) {
            for (Value part : tuple.elements()) {
                parts.put("[" + (parts.size() + 1) + "]", part);
            }
        }
        return parts;
    }

    /** Returns {@code leg[1].now[0]: 0 → 1}. */
    @Override
    public String toString() {
        return place + ": " + from + " → " + to;
    }
}
