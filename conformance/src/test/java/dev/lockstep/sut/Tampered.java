package dev.lockstep.sut;

import dev.lockstep.trace.Value;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** The variables of the smallest size, whose observation does something to the mirror's files besides. */
public final class Tampered {

    /** What is done. */
    @FunctionalInterface
    public interface Tampering {
        /** Does it to the mirror's files. */
        void tamper(Mirror mirror) throws IOException;
    }

    private Tampered() {
    }

    /** Returns variables that tamper once, when the mirror is up and it is time. */
    public static List<Variable> variables(BooleanSupplier time, Tampering tampering) {
        AtomicBoolean done = new AtomicBoolean();
        return Variables.of(Size.SMALLEST).stream().map(variable -> new Variable(variable.name(), codec(variable), mirror -> {
            if (!mirror.isDown() && time.getAsBoolean() && done.compareAndSet(false, true)) {
                tampering.tamper(mirror);
            }
            return variable.observe(mirror);
        })).toList();
    }

    /**
     * Returns a mirror's files, with which somebody tampers once, just before they are read to be kept: after all else was looked at. What is observed of
     * it is {@link #observing}.
     */
    public static SystemUnderTest image(Mirror mirror, BooleanSupplier time, Tampering tampering) {
        AtomicBoolean done = new AtomicBoolean();
        return (SystemUnderTest) Proxy.newProxyInstance(Tampered.class.getClassLoader(), new Class<?>[] {SystemUnderTest.class}, (proxy, method, given) -> {
            if (method.getName().equals("image") && time.getAsBoolean() && done.compareAndSet(false, true)) {
                tampering.tamper(mirror);
            }
            try {
                return method.invoke(mirror, given);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** Returns the variables of a mirror, whatever stands before it. */
    public static List<Variable> observing(Mirror mirror) {
        return Variables.of(Size.SMALLEST).stream().map(variable -> variable.on(SystemUnderTest.class, system -> variable.observe(mirror))).toList();
    }

    private static Codec codec(Variable variable) {
        return new Codec() {
            @Override
            public int bits() {
                return Long.SIZE;
            }

            @Override
            public long encode(Value value) {
                return variable.encode(value);
            }

            @Override
            public Value decode(long code) {
                return variable.decode(code);
            }
        };
    }
}
