package dev.lockstep.tlc;

import dev.lockstep.trace.FunctionValue;
import dev.lockstep.trace.RecordValue;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A variable, or a part of one, that a step gave another value.
 *
 * @param variable its name; for a part, TLA+ that says which: {@code leg[1].now}
 * @param before its value before the step
 * @param after its value after the step, another one
 */
public record Change(String variable, Value before, Value after) {
    /** Refuses null. */
    public Change {
        Objects.requireNonNull(variable, "variable");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /**
     * Returns the same change as changes of the smallest parts: where a function, record or tuple keeps its domain,
     * only what differs in it. At least one.
     */
    public List<Change> details() {
        List<Change> details = new ArrayList<>();
        addDetails(details);
        return details;
    }

    private void addDetails(List<Change> details) {
        if (before instanceof FunctionValue from && after instanceof FunctionValue to
                && from.entries().keySet().equals(to.entries().keySet())) {
            from.entries().forEach((argument, value) ->
                    addPart(details, "[" + argument + "]", value, to.entries().get(argument)));
        } else if (before instanceof RecordValue from && after instanceof RecordValue to
                && from.fields().keySet().equals(to.fields().keySet())) {
            from.fields().forEach((field, value) -> addPart(details, "." + field, value, to.fields().get(field)));
        } else if (before instanceof TupleValue from && after instanceof TupleValue to
                && from.elements().size() == to.elements().size()) {
            for (int i = 0; i < from.elements().size(); i++) {
                addPart(details, "[" + (i + 1) + "]", from.elements().get(i), to.elements().get(i));
            }
        } else {
            details.add(this);
        }
    }

    private void addPart(List<Change> details, String part, Value from, Value to) {
        if (!from.equals(to)) {
            new Change(variable + part, from, to).addDetails(details);
        }
    }

    /** Returns {@code variable: before -> after}. */
    @Override
    public String toString() {
        return variable + ": " + before + " -> " + after;
    }
}
