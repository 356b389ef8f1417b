package dev.lockstep.trace;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A TLA+ record, which is also every function whose domain is a set of strings; it has at least one field. */
public final class RecordValue implements Value {
    private final SortedMap<String, Value> fields;
    private final int hash;

    /**
     * Makes the record with these fields.
     *
     * @throws IllegalArgumentException if there is none: that value is {@code <<>>} ({@link Value#record} takes any
     *         fields)
     */
    public RecordValue(Map<String, ? extends Value> fields) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("a record without fields is the empty tuple: use Value.record");
        }
        this.fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        this.hash = 31 * this.fields.hashCode() + 4;
    }

    /** Says whether a function with this domain is a record: whether it is not empty and holds strings only. */
    static boolean isDomain(Set<? extends Value> domain) {
        return !domain.isEmpty() && domain.stream().allMatch(StringValue.class::isInstance);
    }

    /** Returns field name to value, by ascending name; unmodifiable. */
    public SortedMap<String, Value> fields() {
        return fields;
    }

    /** Says whether every name is an identifier, so that the value can be written with {@code |->}. */
    boolean hasPlainNames() {
        return fields.keySet().stream().allMatch(Identifiers::isIdentifier);
    }

    @Override
    public Kind kind() {
        return Kind.RECORD;
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof RecordValue that ? Orders.compare(fields, that.fields) : kind().compareTo(other.kind());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof RecordValue that && hash == that.hash && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Returns {@code [a |-> 1]}, or {@code ("a b" :> 1)} when some name is not an identifier. */
    @Override
    public String toString() {
        if (hasPlainNames()) {
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + " |-> " + field.getValue())
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        Map<Value, Value> entries = new TreeMap<>();
        fields.forEach((name, value) -> entries.put(new StringValue(name), value));
        return Orders.functionText(entries);
    }
}
