package dev.lockstep.validate;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;

/** The log's leg, of which it is recorded when its flushes begin and end. Thread-safe. */
final class RecordingLogLeg extends ForwardingLeg {
    private final Leg leg;
    private final Recorder recorder;

    RecordingLogLeg(Leg leg, Recorder recorder) {
        super(leg);
        this.leg = leg;
        this.recorder = recorder;
    }

    @Override
    public Flush beginFlush() {
        return RecordingLeg.recorded(recorder, leg);
    }
}
