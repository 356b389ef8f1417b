package dev.lockstep.sut;

import dev.lockstep.trace.Value;
import java.io.IOException;

/** A variable of Mirror.tla: how its values are coded, and how a mirror's own is observed as such a code. */
public final class Variable {

    /** Observes. */
    @FunctionalInterface
    interface Observation {
        long observe(Mirror mirror) throws IOException;
    }

    /** Observes a system under test of one class. */
    @FunctionalInterface
    interface ObservationOf<S extends SystemUnderTest> {
        long observe(S system) throws IOException;
    }

    private final String name;
    private final Codec codec;
    private final ObservationOf<SystemUnderTest> observation;

    /** One of Lockstep's own mirror. */
    Variable(String name, Codec codec, Observation observation) {
        this(name, codec, Mirror.class, observation::observe);
    }

    /** One of systems of one class. */
    <S extends SystemUnderTest> Variable(String name, Codec codec, Class<S> of, ObservationOf<S> observation) {
        this.name = name;
        this.codec = codec;
        this.observation = system -> observation.observe(of.cast(system));
    }

    /** The same variable with the same values, as it is observed on another kind of system. */
    <S extends SystemUnderTest> Variable on(Class<S> of, ObservationOf<S> otherwise) {
        return new Variable(name, codec, of, otherwise);
    }

    /** {@return its name in Mirror.tla} */
    public String name() {
        return name;
    }

    /**
     * {@return the code of a value}
     *
     * @param value a value that the model gives it
     * @throws IllegalArgumentException if Mirror.tla gives it no such value at this size
     */
    public long encode(Value value) {
        try {
            long code = codec.encode(value);
            if (codec.decode(code).equals(value)) {
                return code;
            }
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw misfit(value, e);
        }
        throw misfit(value, null);
    }

    /** A codec takes for granted what the model's TypeOK says; a spec that a user changed may say something else. */
    private IllegalArgumentException misfit(Value value, Throwable cause) {
        return new IllegalArgumentException("its variable " + name + " has the value " + value
                + ", which Mirror.tla does not give it at this size", cause);
    }

    /**
     * {@return the value of a code, for a person to read}
     *
     * @param code a code
     */
    public Value decode(long code) {
        return codec.decode(code);
    }

    /**
     * {@return what the mirror has now}
     *
     * @param system the mirror
     * @throws IOException        if its files cannot be read back
     * @throws ClassCastException if this is not a variable of that kind of mirror
     */
    public long observe(SystemUnderTest system) throws IOException {
        return observation.observe(system);
    }
}
