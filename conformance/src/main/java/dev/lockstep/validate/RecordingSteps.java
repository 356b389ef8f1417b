package dev.lockstep.validate;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import dev.lockstep.sut.Size;
import dev.lockstep.trace.Value;
import dev.lockstep.volume.Steps;
import dev.lockstep.volume.Volume;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The seam, with a look at each step's body: when it began, what it did on the devices, what it offered. A step that was made offers what
 * has become possible by it, last; so it was made before the first offer. Thread-safe.
 */
final class RecordingSteps implements Steps {
    private final Steps steps;
    private final Recorder recorder;
    private final Writes writes;
    private final Size size;
    /** Whether anything has failed yet: from then on a step that was offered may have come to nothing. */
    private final BooleanSupplier failed;
    /** Whether the volume may have stopped: from then on it may have refused whatever was asked of it. */
    private final BooleanSupplier stopped;
    /** Set once, before there is a write. */
    private volatile Volume volume;
    /** Set once, before a step is run: opening a volume writes its log. */
    private volatile DirtyRegionLog log;
    private volatile boolean dead;

    RecordingSteps(Steps steps, Recorder recorder, Writes writes, Size size, BooleanSupplier failed, BooleanSupplier stopped) {
        this.steps = steps;
        this.recorder = recorder;
        this.writes = writes;
        this.size = size;
        this.failed = failed;
        this.stopped = stopped;
    }

    /** It is the seam of a volume that has this log. */
    void of(DirtyRegionLog itsLog) {
        log = itsLog;
    }

    /** From now on it is the seam of this volume. */
    void of(Volume opened) {
        volume = opened;
    }

    /** From now on nothing is begun any more: the process is dead, but for what its threads are at. */
    void die() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    @Override
    public void offer(Step step, Runnable body) {
        Frame frame = recorder.frame();
        if (frame != null) {
            offered(frame, step);
        }
        steps.offer(step, () -> {
            if (!dead) {
                run(step, body);
            }
        });
    }

    /** What a step has done can be seen best before what follows from it may be done. */
    private void offered(Frame frame, Step step) {
        boolean first = !frame.offeredAny();
        frame.offers(step);
        if (frame.isOf(Action.WRITE_BACK_CLEAR) && (step.action() == Action.COPY_PAGE || step.action() == Action.SUBMIT)) {
            int page = frame.page();
            frame.done("WriteBackClear", true, Value.of(writes.writeBack(page, step.first())), Value.of(page));
        } else if (first && step.action() == Action.LOG_FLUSH_BEGIN && frame.isOf(Action.LOG_WRITE)) {
            // Until that flush has begun nobody else uses the image.
            frame.done("LogWrite", true, bits(log));
        } else if (step.action() == Action.LEG_WRITE && !frame.isOf(Action.ISSUE)) {
            issued(frame, step);
        }
    }

    /** A write that nothing holds up is issued with the step that it follows from, which is all that is seen of it. */
    private void issued(Frame frame, Step legWrite) {
        ByteBuffer memory = volume.memoryOf(legWrite.first());
        int write = memory == null ? 0 : writes.of(memory);
        if (write != 0 && writes.issue(write)) {
            recorder.add("Issue", frame.begin(), frame.end(), Value.of(write));
        }
    }

    @Override
    public boolean followsAtOnce() {
        return steps.followsAtOnce();
    }

    /** The bits of a log, region by region. */
    static Value bits(DirtyRegionLog log) {
        List<Value> bits = new ArrayList<>();
        for (int region = 0; region < log.image().regions(); region++) {
            bits.add(Value.of(log.image().isClean(region)));
        }
        return Value.tuple(bits);
    }

    private void run(Step step, Runnable body) {
        int write = writeOf(step);
        Frame frame = new Frame(recorder, step, begun(step, write));
        if (step.action() == Action.LEG_WRITE && followsAtOnce()) {
            frame.mayEndWrite(write);
        }
        recorder.enter(frame);
        try {
            body.run();
        } finally {
            recorder.enter(null);
        }
        record(frame, step, write);
        frame.over();
    }

    /** The number of the write that a step is of; 0 if it is of none, or that is gone. */
    private int writeOf(Step step) {
        return switch (step.action()) {
            case COPY_PAGE, SUBMIT -> writes.inSlot(step.first());
            case ISSUE, LEG_WRITE, END_WRITE -> {
                ByteBuffer memory = volume.memoryOf(step.first());
                yield memory == null ? 0 : writes.of(memory);
            }
            default -> 0;
        };
    }

    /** What a step is, as of its beginning. */
    private Begun begun(Step step, int write) {
        Value first = Value.of(step.first());
        return switch (step.action()) {
            case WRITE_BACK_CLEAR -> new Begun("WriteBackClear", Value.of(0), first);
            case COPY_PAGE -> new Begun("CopyPage", Value.of(write));
            case SUBMIT -> new Begun("Submit", Value.of(write));
            case LOG_WRITE -> new Begun("LogWriteBegun");
            case LOG_FLUSH_BEGIN -> new Begun("LogFlushBegin");
            case LOG_FLUSH_END -> new Begun("LogFlushEnd");
            case ISSUE -> new Begun("Issue", Value.of(write));
            case LEG_WRITE -> legWrite(step, write);
            case END_WRITE -> write == 0 ? Begun.NOTHING : ended(write);
            case FLUSH_BEGIN -> new Begun("FlushBegin");
            case CERTIFY_BEGIN -> new Begun("CertifyBegin");
            case LEG_FLUSH_END -> new Begun("LegFlushEnd", first);
            case FLUSH_END, CERTIFY_END -> new Begun("RoundEnd");
            case NOMINATE -> new Begun("Nominate");
            case SYNC_BEGIN -> new Begun("SyncBegin");
            case SYNC_END -> new Begun("SyncEnd");
            case COMPARE -> new Begun("CompareBegun", Value.of(step.first() * size.blocksPerRegion() + step.second()));
            case SUSPECT -> new Begun("Suspect", first);
            case RESYNC_BEGIN -> new Begun("ResyncBegin", first);
            case RESYNC_COPY -> new Begun("ResyncCopyBegun", first, Value.of(step.second()));
            case RESYNC_END -> new Begun("ResyncEnd", first);
            case UNMOUNT_BEGIN -> new Begun("UnmountBegin");
            case UNMOUNT_END -> new Begun("UnmountEnd");
            case RECORD_BEGIN -> new Begun("RecordBegin");
            default -> Begun.NOTHING;
        };
    }

    private Begun legWrite(Step step, int write) {
        ByteBuffer memory = volume.memoryOf(step.first());
        return memory == null ? Begun.NOTHING : new Begun("LegWriteBegun", Value.of(write), Value.of(writes.block(memory)),
                Value.of(step.second()));
    }

    private void record(Frame frame, Step step, int write) {
        Value first = Value.of(step.first());
        switch (step.action()) {
            case COPY_PAGE -> frame.done("CopyPage", !stopped.getAsBoolean(), Value.of(write));
            case SUBMIT -> frame.done("Submit", !stopped.getAsBoolean(), Value.of(write));
            case LOG_FLUSH_BEGIN -> ifOffered(frame, "LogFlushBegin");
            case LOG_FLUSH_END -> {
                if (frame.failedAt() == 0) {
                    frame.done("LogFlushEnd", true);
                } else {
                    frame.done(new Event("LogFlushFails", List.of(), true, frame.failedAt(), recorder.now()));
                }
            }
            case ISSUE -> {
                if (frame.offeredAny() && writes.issue(write)) {
                    frame.done("Issue", true, Value.of(write));
                }
            }
            case LEG_WRITE -> endsWithIt(frame);
            case END_WRITE -> {
                if (write != 0) {
                    frame.done("EndWrite", frame.told() || !failed.getAsBoolean(), Value.of(write));
                }
            }
            case FLUSH_BEGIN -> ifOffered(frame, "FlushBegin");
            case CERTIFY_BEGIN -> ifOffered(frame, "CertifyBegin");
            case LEG_FLUSH_END -> {
                if (frame.failedAt() == 0) {
                    frame.done("LegFlushEnd", frame.offeredAny() || !failed.getAsBoolean(), first);
                }
            }
            case FLUSH_END, CERTIFY_END -> frame.done("RoundEnd", frame.told());
            case NOMINATE -> ifOffered(frame, "Nominate");
            case SYNC_BEGIN -> ifTold(frame, "SyncBegin");
            case SYNC_END -> frame.done("SyncEnd", frame.offeredAny());
            case SYNC_FAILS -> frame.done("SyncFails", false);
            case RECORD_BEGIN -> ifOffered(frame, "RecordBegin");
            case RECORD_FAILURE -> recorded(frame);
            case COMPARE -> {
                if (frame.failedAt() == 0) {
                    frame.done("Compare", false, Value.of(step.first() * size.blocksPerRegion() + step.second()), equal(frame));
                }
            }
            case SUSPECT -> frame.done("Suspect", frame.offeredAny(), first);
            case RESYNC_BEGIN -> frame.done("ResyncBegin", frame.offeredAny(), first);
            case RESYNC_END -> frame.done("ResyncEnd", frame.told(), first);
            case UNMOUNT_BEGIN -> frame.done("UnmountBegin", frame.offeredAny());
            case UNMOUNT_END -> ifTold(frame, "UnmountEnd");
            default -> {
                // Recorded where it is done: at the legs, and where the log is written; or it shows nothing, as Quiesce.
            }
        }
    }

    private void recorded(Frame frame) {
        if (frame.recorded() != null) {
            frame.done("RecordFailure", true, out(size.legs(), frame.recorded().out()), Value.of(frame.recorded().source()));
        }
    }

    /** Of each leg whether it is out of use. */
    static Value out(int legs, int out) {
        List<Value> each = new ArrayList<>();
        for (int leg = 0; leg < legs; leg++) {
            each.add(Value.of((out & 1 << leg) != 0));
        }
        return Value.tuple(each);
    }

    /** Whoever writes the last leg ends the write; of who that is no more is seen than that the application is told. */
    private static void endsWithIt(Frame frame) {
        if (frame.endsWrite() != 0 && frame.last() != null) {
            frame.done(new Event("EndWrite", List.of(Value.of(frame.endsWrite())), frame.told(), frame.last().end(), frame.end()));
        }
    }

    /** A write's end, which is about to be. */
    static Begun ended(int write) {
        return new Begun("EndWrite", Value.of(write));
    }

    private static void ifOffered(Frame frame, String what, Value... arguments) {
        if (frame.offeredAny()) {
            frame.done(what, true, arguments);
        }
    }

    private static void ifTold(Frame frame, String what) {
        if (frame.told()) {
            frame.done(what, true);
        }
    }

    /** Whether every leg in use was found to hold the same: the reading ends at the first that does not. */
    private static Value equal(Frame frame) {
        return Value.of(frame.seen().stream().distinct().count() == 1);
    }
}
