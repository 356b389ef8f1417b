package dev.lockstep.store;

/** A leg with the name and the length that it was given. Both never change. */
abstract class NamedLeg implements Leg {
    private final String name;
    private final long length;

    NamedLeg(String name, long length) {
        this.name = name;
        this.length = length;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final long length() {
        return length;
    }

    @Override
    public final String toString() {
        return name;
    }
}
