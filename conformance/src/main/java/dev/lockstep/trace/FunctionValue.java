package dev.lockstep.trace;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A TLA+ function with a finite domain that makes it neither a tuple nor a record; see {@link Value#function}. */
public final class FunctionValue implements Value {
    private final SortedMap<Value, Value> entries;
    private final int hash;

    /**
     * Makes the function with these arguments and results.
     *
     * @throws IllegalArgumentException if it is a tuple or a record ({@link Value#function} takes any function)
     */
    public FunctionValue(Map<? extends Value, ? extends Value> entries) {
        this.entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        if (TupleValue.isDomain(this.entries.keySet()) || RecordValue.isDomain(this.entries.keySet())) {
            throw new IllegalArgumentException(
                    "a function on " + this.entries.keySet() + " is a tuple or a record: use Value.function");
        }
        this.hash = 31 * this.entries.hashCode() + 3;
    }

    /** Returns argument to result, by ascending argument; unmodifiable. */
    public SortedMap<Value, Value> entries() {
        return entries;
    }

    @Override
    public Kind kind() {
        return Kind.FUNCTION;
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof FunctionValue that
                ? Orders.compare(entries, that.entries)
                : kind().compareTo(other.kind());
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof FunctionValue that && hash == that.hash && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return Orders.functionText(entries);
    }
}
