package dev.lockstep.trace;

/**
 * A TLA+ integer, as far as a {@code long} reaches (TLC itself stops at 32 bits).
 *
 * @param value the number
 */
public record IntValue(long value) implements Value {
    @Override
    public Kind kind() {
        return Kind.INT;
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof IntValue that ? Long.compare(value, that.value) : kind().compareTo(other.kind());
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
