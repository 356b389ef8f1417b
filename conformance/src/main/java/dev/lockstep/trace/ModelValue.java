package dev.lockstep.trace;

/**
 * A model value of TLC: equal to itself and to nothing else.
 *
 * @param name its name, an identifier
 */
public record ModelValue(String name) implements Value {
    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is not an identifier, or is {@code TRUE} or {@code FALSE}
     */
    public ModelValue {
        if (!Identifiers.isIdentifier(name) || name.equals("TRUE") || name.equals("FALSE")) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" cannot name a model value: an identifier was expected");
        }
    }

    @Override
    public Kind kind() {
        return Kind.MODEL;
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof ModelValue that ? name.compareTo(that.name) : kind().compareTo(other.kind());
    }

    @Override
    public String toString() {
        return name;
    }
}
