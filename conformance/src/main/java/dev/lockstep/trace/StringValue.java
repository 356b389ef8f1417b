package dev.lockstep.trace;

import java.util.Objects;

/**
 * A TLA+ string.
 *
 * @param value its characters, without quotes or escapes
 */
public record StringValue(String value) implements Value {
    /** Refuses null. */
    public StringValue {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public Kind kind() {
        return Kind.STRING;
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof StringValue that ? value.compareTo(that.value) : kind().compareTo(other.kind());
    }

    /** Returns the string in quotes, with the escapes that TLA+ knows. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case '\f' -> out.append("\\f");
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
