package dev.lockstep.trace;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A finite TLA+ set: its elements, sorted and distinct. */
public final class SetValue implements Value {
    private final List<Value> elements;
    private final int hash;

    /** Makes the set of these elements, which may come in any order and repeat. */
    public SetValue(Collection<? extends Value> elements) {
        this.elements = List.copyOf(new TreeSet<>(elements));
        this.hash = 31 * this.elements.hashCode() + 1;
    }

    /** Returns the elements, ascending and distinct; unmodifiable. */
    public List<Value> elements() {
        return elements;
    }

    @Override
    public Kind kind() {
        return Kind.SET;
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof SetValue that
                ? Orders.compare(elements, that.elements)
                : kind().compareTo(other.kind());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof SetValue that && hash == that.hash && elements.equals(that.elements);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return elements.stream().map(Value::toString).collect(Collectors.joining(", ", "{", "}"));
    }
}
