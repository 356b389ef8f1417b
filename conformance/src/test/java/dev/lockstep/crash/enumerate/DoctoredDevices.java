package dev.lockstep.crash.enumerate;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Faults that lie between a mirror and its devices; they look to the enumeration like faults of the mirror. */
final class DoctoredDevices {
    private DoctoredDevices() {
    }

    private static Leg unflushed(Leg leg) {
        return new ForwardingLeg(leg) {
            @Override
            public Flush beginFlush() {
                return () -> { };
            }
        };
    }

    /** Nobody flushes the legs. */
    static UnaryOperator<List<Leg>> legsUnflushed() {
        return devices -> {
            List<Leg> doctored = new ArrayList<>(devices);
            doctored.replaceAll(leg -> leg == devices.get(devices.size() - 1) ? leg : unflushed(leg));
            return doctored;
        };
    }

    /** Nobody flushes the log. */
    static UnaryOperator<List<Leg>> logUnflushed() {
        return devices -> {
            List<Leg> doctored = new ArrayList<>(devices);
            doctored.replaceAll(leg -> leg == devices.get(devices.size() - 1) ? unflushed(leg) : leg);
            return doctored;
        };
    }

    /** The log is written, and flushed, after a leg was. */
    static UnaryOperator<List<Leg>> logLate() {
        return devices -> {
            Late log = new Late(devices.get(devices.size() - 1));
            List<Leg> doctored = new ArrayList<>(devices);
            doctored.replaceAll(leg -> leg == log.real ? log : new ForwardingLeg(leg) {
                @Override
                public void write(ByteBuffer from, long position) throws IOException {
                    super.write(from, position);
                    log.catchUp();
                }
            });
            return doctored;
        };
    }

    private static final class Late extends ForwardingLeg {
        private final Leg real;
        private ByteBuffer late;
        private long at;

        Late(Leg real) {
            super(real);
            this.real = real;
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            late = ByteBuffer.allocate(from.remaining()).put(from).flip();
            at = position;
        }

        @Override
        public Flush beginFlush() {
            return () -> { };
        }

        void catchUp() throws IOException {
            if (late != null) {
                super.write(late, at);
                super.beginFlush().await();
                late = null;
            }
        }
    }

    /** A leg does not get what is written to it. */
    static UnaryOperator<List<Leg>> legUnwritten(int leg) {
        return devices -> {
            List<Leg> doctored = new ArrayList<>(devices);
            if (devices.size() > leg + 1) {
                doctored.set(leg, new ForwardingLeg(devices.get(leg)) {
                    @Override
                    public void write(ByteBuffer from, long position) {
                        from.position(from.limit());
                    }
                });
            }
            return doctored;
        };
    }
}
