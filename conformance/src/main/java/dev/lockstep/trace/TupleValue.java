package dev.lockstep.trace;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A TLA+ tuple or finite sequence, which is also every function on {@code 1..n}. */
public final class TupleValue implements Value {
    /** {@code <<>>}: the tuple, function and record on nothing. */
    static final TupleValue EMPTY = new TupleValue(List.of());

    private final List<Value> elements;
    private final int hash;

    /** Makes the tuple of these elements. */
    public TupleValue(List<? extends Value> elements) {
        this.elements = List.copyOf(elements);
        this.hash = 31 * this.elements.hashCode() + 2;
    }

    /** Says whether a function with this domain is a tuple: whether it is {@code 1..n}, the empty domain included. */
    static boolean isDomain(Set<? extends Value> domain) {
        return domain.stream().allMatch(v -> v instanceof IntValue i && i.value() >= 1 && i.value() <= domain.size());
    }

    /** Returns the elements in order, TLA+'s first being at index 0; unmodifiable. */
    public List<Value> elements() {
        return elements;
    }

    @Override
    public Kind kind() {
        return Kind.TUPLE;
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof TupleValue that
                ? Orders.compare(elements, that.elements)
                : kind().compareTo(other.kind());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof TupleValue that && hash == that.hash && elements.equals(that.elements);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return elements.stream().map(Value::toString).collect(Collectors.joining(", ", "<<", ">>"));
    }
}
