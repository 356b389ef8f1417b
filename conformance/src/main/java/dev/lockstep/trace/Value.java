package dev.lockstep.trace;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One TLA+ value, in the one form that it has here: two values are equal exactly when TLA+ calls them equal.
 *
 * <p>TLA+ has several notations for one value: a function on {@code 1..n} is a tuple, a function on strings is a
 * record, and the function, tuple and record on nothing are all {@code <<>>}. The factories of this interface pick the
 * form ({@link TupleValue} before {@link RecordValue} before {@link FunctionValue}), and the constructors refuse the
 * others.
 *
 * <p>Values are immutable, ordered totally (by {@link Kind}, then by content), hashed by content (once, on creation),
 * and {@code toString} writes TLA+ that {@link TlaValueParser} reads back to an equal value.
 */
public sealed interface Value extends Comparable<Value>
        permits BoolValue, IntValue, StringValue, ModelValue, SetValue, TupleValue, FunctionValue, RecordValue {

    /** The kinds of value, in the order in which values of different kinds are sorted. */
    enum Kind {
        /** {@link BoolValue}. */
        BOOL,
        /** {@link IntValue}. */
        INT,
        /** {@link StringValue}. */
        STRING,
        /** {@link ModelValue}. */
        MODEL,
        /** {@link SetValue}. */
        SET,
        /** {@link TupleValue}. */
        TUPLE,
        /** {@link FunctionValue}. */
        FUNCTION,
        /** {@link RecordValue}. */
        RECORD
    }

    /** Returns the kind of this value. */
    Kind kind();

    /**
     * Compares by kind, then by content; compound values of one kind first by size.
     * Consistent with equals.
     */
    @Override
    int compareTo(Value other);

    /** Returns {@code TRUE} or {@code FALSE}. */
    static Value of(boolean value) {
        return value ? BoolValue.TRUE : BoolValue.FALSE;
    }

    /** Returns an integer. */
    static Value of(long value) {
        return new IntValue(value);
    }

    /** Returns a string (not a model value, see {@link #model}). */
    static Value of(String value) {
        return new StringValue(value);
    }

    /** Returns the model value of that name. */
    static Value model(String name) {
        return new ModelValue(name);
    }

    /** Returns the set of these values; order and repetitions do not matter. */
    static Value set(Collection<? extends Value> elements) {
        return new SetValue(elements);
    }

    /** Returns the set of these values; order and repetitions do not matter. */
    static Value set(Value... elements) {
        return new SetValue(List.of(elements));
    }

    /** Returns the tuple (sequence) of these values. */
    static Value tuple(List<? extends Value> elements) {
        return elements.isEmpty() ? TupleValue.EMPTY : new TupleValue(elements);
    }

    /** Returns the tuple (sequence) of these values. */
    static Value tuple(Value... elements) {
        return tuple(List.of(elements));
    }

    /** Returns the record with these fields; without fields that is {@code <<>>}. */
    static Value record(Map<String, ? extends Value> fields) {
        return fields.isEmpty() ? TupleValue.EMPTY : new RecordValue(fields);
    }

    /** Returns the function with these arguments and results, as a tuple or a record if it is one. */
    static Value function(Map<? extends Value, ? extends Value> entries) {
        Set<? extends Value> domain = entries.keySet();
        if (TupleValue.isDomain(domain)) {
            return tuple(List.copyOf(new TreeMap<Value, Value>(entries).values()));
        }
        if (RecordValue.isDomain(domain)) {
            Map<String, Value> fields = new TreeMap<>();
            entries.forEach((name, value) -> fields.put(((StringValue) name).value(), value));
            return new RecordValue(fields);
        }
        return new FunctionValue(entries);
    }
}
