package dev.lockstep.volume;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Breaks the devices that it is put around: the n-th thing that is asked of them fails, and all that come after. */
final class Faults {

    /** What is asked of a device. */
    enum Kind { READ, WRITE, FLUSH }

    /** How it breaks. */
    interface Breakage {
        void happen(String what) throws IOException;
    }

    private final Kind kind;
    private final AtomicInteger left;
    private final Breakage breakage;
    private volatile boolean broken;

    /** The call of that kind that fails, counted from 1. */
    Faults(Kind kind, int failing, Breakage breakage) {
        this.kind = kind;
        this.left = new AtomicInteger(failing);
        this.breakage = breakage;
    }

    static Faults io(Kind kind, int failing) {
        return new Faults(kind, failing, what -> {
            throw new IOException(what + " failed");
        });
    }

    /** Whether the device was told to fail and has been asked since. */
    boolean broken() {
        return broken;
    }

    private void pass(Leg leg, Kind asked) throws IOException {
        if (broken && asked != Kind.READ || asked == kind && left.decrementAndGet() <= 0) {
            broken = true;
            breakage.happen(leg.name() + ": " + asked);
        }
    }

    Leg around(Leg leg) {
        return new ForwardingLeg(leg) {
            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                pass(leg, Kind.READ);
                super.read(into, position);
            }

            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                pass(leg, Kind.WRITE);
                super.write(from, position);
            }

            @Override
            public Flush beginFlush() {
                Flush begun = super.beginFlush();
                return () -> {
                    pass(leg, Kind.FLUSH);
                    begun.await();
                };
            }
        };
    }
}
