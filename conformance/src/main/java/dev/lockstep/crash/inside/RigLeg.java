package dev.lockstep.crash.inside;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The rig's way into a leg: it stops at a named point, and is late with writes, as a slower disk is. All that is done is done by the
 * leg behind it. Thread-safe.
 */
final class RigLeg extends ForwardingLeg {
    private final Optional<Point> point;
    private final int slowMicros;
    private final Teller teller;
    private final AtomicInteger operations = new AtomicInteger();

    /**
     * A way into a leg.
     *
     * @param leg        the leg
     * @param point      where to stop on this leg, if anywhere
     * @param slowMicros how late a write may be at most, in microseconds
     * @param teller     told when the point is reached
     */
    RigLeg(Leg leg, Optional<Point> point, int slowMicros, Teller teller) {
        super(leg);
        this.point = point;
        this.slowMicros = slowMicros;
        this.teller = teller;
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        boolean here = counts(Point.Kind.READ);
        stop(here, Point.Place.BEFORE);
        super.read(into, position);
        stop(here, Point.Place.AFTER);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        boolean here = counts(Point.Kind.WRITE);
        stop(here, Point.Place.BEFORE);
        if (slowMicros > 0) {
            LockSupport.parkNanos(1000L * ThreadLocalRandom.current().nextInt(slowMicros));
        }
        if (here && point.orElseThrow().place() == Point.Place.HALF) {
            int half = from.remaining() / SECTOR / 2 * SECTOR;
            super.write(from.duplicate().limit(from.position() + half), position);
            stop(true, Point.Place.HALF);
        }
        super.write(from, position);
        stop(here, Point.Place.AFTER);
    }

    @Override
    public Flush beginFlush() {
        Flush flush = super.beginFlush();
        boolean here = counts(Point.Kind.FLUSH);
        return () -> {
            stop(here, Point.Place.BEFORE);
            flush.await();
            stop(here, Point.Place.AFTER);
        };
    }

    private boolean counts(Point.Kind kind) {
        return point.isPresent() && point.get().kind() == kind && operations.getAndIncrement() == point.get().ordinal();
    }

    private void stop(boolean here, Point.Place place) {
        if (here && point.orElseThrow().place() == place) {
            teller.atPoint();
            while (true) {
                // For ever: the parent kills this process. The other threads go on until then.
                LockSupport.park();
            }
        }
    }
}
