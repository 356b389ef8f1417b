package dev.lockstep.validate;

import dev.lockstep.region.Action;
import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.sut.Size;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A leg of which it is recorded what a write has left on it, and what reads have found. What a write has left is read back before it
 * returns: no other write of that block goes on meanwhile, as writes that overlap go one at a time. Thread-safe.
 */
final class RecordingLeg extends ForwardingLeg {
    private final Leg leg;
    private final Leg under;
    private final int number;
    private final Size size;
    private final Recorder recorder;
    private final Writes writes;

    /**
     * Of a leg.
     *
     * @param under what it is on: that can be read where the leg does not answer any more
     */
    RecordingLeg(Leg leg, Leg under, int number, Size size, Recorder recorder, Writes writes) {
        super(leg);
        this.leg = leg;
        this.under = under;
        this.number = number;
        this.size = size;
        this.recorder = recorder;
        this.writes = writes;
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        Frame frame = recorder.frame();
        ByteBuffer found = into.duplicate();
        if (frame != null) {
            frame.reads();
        }
        failing(frame, () -> leg.read(into, position));
        if (position < size.bytes()) {
            writes.tell(found, (int) (position / Size.BLOCK_BYTES));
        }
        if (frame != null && position < size.bytes()) {
            frame.found(Value.of(writes.content(found)));
        }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        Frame frame = recorder.frame();
        if (frame == null || !frame.isOf(Action.LEG_WRITE) && !frame.isOf(Action.RESYNC_COPY)) {
            leg.write(from, position);
            return;
        }
        long begin = recorder.now();
        int write = frame.isOf(Action.LEG_WRITE) ? writes.of(from) : 0;
        Value block = Value.of(position / Size.BLOCK_BYTES);
        if (frame.isOf(Action.LEG_WRITE)) {
            frame.goesOn(new Begun("LegWriteBegun", Value.of(write), block, Value.of(number)), begin);
        }
        failing(frame, () -> leg.write(from, position));
        ByteBuffer sector = Contents.sector();
        under.read(sector, position);
        Value left = Value.of(writes.content(sector.flip()));
        long end = recorder.now();
        if (frame.isOf(Action.LEG_WRITE)) {
            frame.done(new Event("LegWrite", List.of(Value.of(write), block, Value.of(number), left), true, begin, end));
            if (frame.endsWrite() != 0) {
                frame.goesOn(RecordingSteps.ended(write), end);
            }
        } else {
            frame.done(new Event("ResyncCopy", List.of(block, Value.of(number), left), true, frame.begin(), end));
        }
    }

    /** Something that may fail. */
    @FunctionalInterface
    private interface Asked {
        void perform() throws IOException;
    }

    private static void failing(Frame frame, Asked asked) throws IOException {
        try {
            asked.perform();
        } catch (IOException e) {
            if (frame != null) {
                frame.failed();
            }
            throw e;
        }
    }

    @Override
    public Flush beginFlush() {
        return recorded(recorder, leg);
    }

    /** A flush of a leg: it comes after the step that it is the beginning of, and before the one that it is the end of. */
    static Flush recorded(Recorder recorder, Leg leg) {
        Frame beginning = recorder.frame();
        if (beginning != null && (beginning.isOf(Action.FLUSH_BEGIN) || beginning.isOf(Action.CERTIFY_BEGIN)
                || beginning.isOf(Action.LOG_FLUSH_BEGIN) || beginning.isOf(Action.RECORD_BEGIN))) {
            beginning.doneBy();
        }
        Flush flush = leg.beginFlush();
        return () -> {
            Frame waiting = recorder.frame();
            failing(waiting, flush::await);
            if (waiting != null && !waiting.isOf(Action.RECORD_FAILURE)) {
                waiting.notBefore();
            }
        };
    }
}
