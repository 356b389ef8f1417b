package dev.lockstep.validate;

import dev.lockstep.region.Action;
import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** The device of a log, a flush of which fails and has made nothing durable. Thread-safe. */
final class FailingLog extends ForwardingLeg {
    private final Leg leg;
    private final BooleanSupplier fails;
    private final Recorder recorder;

    /**
     * Of a device.
     *
     * @param fails whether a flush fails that what is written of regions waits for
     */
    FailingLog(Leg leg, BooleanSupplier fails, Recorder recorder) {
        super(leg);
        this.leg = leg;
        this.fails = fails;
        this.recorder = recorder;
    }

    @Override
    public Flush beginFlush() {
        Flush flush = leg.beginFlush();
        return () -> {
            Frame waiting = recorder.frame();
            if (waiting != null && waiting.isOf(Action.LOG_FLUSH_END) && fails.getAsBoolean()) {
                throw new IOException(name() + ": a flush fails");
            }
            flush.await();
        };
    }
}
