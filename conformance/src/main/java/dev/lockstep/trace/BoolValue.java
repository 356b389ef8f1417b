package dev.lockstep.trace;

/**
 * A TLA+ Boolean.
 *
 * @param value the truth value
 */
public record BoolValue(boolean value) implements Value {
    /** {@code TRUE}. */
    static final BoolValue TRUE = new BoolValue(true);
    /** {@code FALSE}. */
    static final BoolValue FALSE = new BoolValue(false);

    @Override
    public Kind kind() {
        return Kind.BOOL;
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof BoolValue that ? Boolean.compare(value, that.value) : kind().compareTo(other.kind());
    }

    @Override
    public String toString() {
        return value ? "TRUE" : "FALSE";
    }
}
