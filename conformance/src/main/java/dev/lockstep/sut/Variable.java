package dev.lockstep.sut;

import dev.lockstep.trace.Value;
import java.io.IOException;

/** A variable of Mirror.tla: how its values are coded, and how the mirror's own is observed as such a code. */
public final class Variable {

    /** Observes. */
    @FunctionalInterface
    interface Observation {
        long observe(Mirror mirror) throws IOException;
    }

    private final String name;
    private final Codec codec;
    private final Observation observation;

    Variable(String name, Codec codec, Observation observation) {
        this.name = name;
        this.codec = codec;
        this.observation = observation;
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
     * @param mirror the mirror
     * @throws IOException if its files cannot be read back
     */
    public long observe(Mirror mirror) throws IOException {
        return observation.observe(mirror);
    }
}
