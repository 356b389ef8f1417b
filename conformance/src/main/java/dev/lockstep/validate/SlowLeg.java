package dev.lockstep.validate;

import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** A leg, or a log, whose writes take their time, before they are done and after: so a kill finds some under way. Thread-safe. */
final class SlowLeg extends ForwardingLeg {
    private static final int LONGEST_NANOS = 300_000;

    private final Leg leg;

    SlowLeg(Leg leg) {
        super(leg);
        this.leg = leg;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_NANOS));
        leg.write(from, position);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_NANOS));
    }
}
