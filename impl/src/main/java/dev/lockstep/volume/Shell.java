package dev.lockstep.volume;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Action;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.LogUpdate;
import dev.lockstep.region.RegionMachine;
import dev.lockstep.region.Step;
import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries out the machine's steps: the machine decides under a lock, the I/O is done without it. Thread-safe.
 *
 * <p>The beginning of something changes the machine first and does the I/O after; the end of something waits for the I/O
 * first. Either way the steps that follow are offered last, so that none can overtake the I/O that it depends on.
 */
final class Shell {
    private final Layout layout;
    private final List<Leg> legs;
    private final DirtyRegionLog log;
    private final Steps steps;
    private final Buffers buffers = new Buffers();
    private final Flush[] legFlushes;
    private final Object lock = new Object();

    /** Guarded by the lock, as are all below. */
    private final RegionMachine machine;
    private final Map<Integer, InFlight> writes = new TreeMap<>();
    private final BitSet numbers = new BitSet();
    private List<Completion> flushesAsked = new ArrayList<>();
    private List<Completion> flushesServed = new ArrayList<>();
    private Completion unmounted;
    private SyncHook syncHook = Runnable::run;
    private IOException failure;

    private volatile Flush logFlush;

    Shell(Layout layout, List<Leg> legs, DirtyRegionLog log, RegionMachine machine, Steps steps) {
        this.layout = layout;
        this.legs = legs;
        this.log = log;
        this.machine = machine;
        this.steps = steps;
        this.legFlushes = new Flush[legs.size()];
    }

    void restart() {
        List<Step> next;
        synchronized (lock) {
            next = machine.restart(log.image()::isClean);
        }
        offer(next);
    }

    void syncWith(SyncHook hook) {
        synchronized (lock) {
            syncHook = hook;
        }
    }

    int submit(ByteBuffer memory, long position, int region, boolean copy, Completion ended) throws IOException {
        ByteBuffer read = memory;
        if (copy) {
            read = buffers.take(memory.remaining());
            read.put(memory).flip();
        }
        int number;
        List<Step> next;
        synchronized (lock) {
            checkWorking();
            number = numbers.nextClearBit(0);
            next = machine.submit(number, region);
            numbers.set(number);
            writes.put(number, new InFlight(position, read, copy, ended));
        }
        offer(next);
        return number;
    }

    void flush(Completion ended) throws IOException {
        synchronized (lock) {
            checkWorking();
            flushesAsked.add(ended);
        }
        request(Step.of(Action.FLUSH_BEGIN));
    }

    void unmount(Completion ended) throws IOException {
        synchronized (lock) {
            checkWorking();
            unmounted = ended;
        }
        request(Step.of(Action.UNMOUNT_BEGIN));
    }

    void read(ByteBuffer into, long position, int region, int leg) throws IOException {
        synchronized (lock) {
            checkWorking();
            if (!machine.mayRead(region, leg)) {
                throw new IllegalArgumentException("leg " + leg + " may not serve region " + region + ", which is "
                        + machine.state(region));
            }
        }
        legs.get(leg).read(into, position);
    }

    ByteBuffer memoryOf(int write) {
        synchronized (lock) {
            InFlight found = writes.get(write);
            return found == null ? null : found.memory().asReadOnlyBuffer();
        }
    }

    <T> T inspect(Function<DriverView, T> question) {
        synchronized (lock) {
            return question.apply(machine);
        }
    }

    /** Offers a step that the driver does not come to by itself, if it could be done now. */
    void request(Step step) {
        boolean now;
        synchronized (lock) {
            now = failure == null && machine.enabled(step);
        }
        if (now) {
            offer(List.of(step));
        }
    }

    private void offer(List<Step> next) {
        for (Step step : next) {
            steps.offer(step, () -> run(step));
        }
    }

    private void run(Step step) {
        try {
            switch (step.action()) {
                case LOG_WRITE -> logWrite(step);
                case LOG_FLUSH_BEGIN -> logFlushBegin(step);
                case LOG_FLUSH_END -> after(step, () -> logFlush.await(), machine::logFlushEnd);
                case ISSUE -> after(step, Io.NONE, () -> machine.issue(step.first()));
                case LEG_WRITE -> after(step, () -> legWrite(step), () -> machine.legWrite(step.first(), step.second()));
                case END_WRITE -> endWrite(step);
                case QUIESCE -> after(step, Io.NONE, () -> machine.quiesce(step.first()));
                case FLUSH_BEGIN -> round(step, machine::flushBegin);
                case CERTIFY_BEGIN -> round(step, machine::certifyBegin);
                case LEG_FLUSH_END -> after(step, () -> legFlushes[step.first()].await(),
                        () -> machine.legFlushEnd(step.first()));
                case FLUSH_END -> endRound(step, machine::flushEnd);
                case CERTIFY_END -> endRound(step, machine::certifyEnd);
                case NOMINATE -> after(step, Io.NONE, machine::nominate);
                case SYNC_BEGIN -> syncBegin(step);
                case SYNC_END -> after(step, Io.NONE, machine::syncEnd);
                case RESYNC_BEGIN -> after(step, Io.NONE, () -> machine.resyncBegin(step.first()));
                case RESYNC_COPY -> after(step, () -> resyncCopy(step),
                        () -> machine.resyncCopy(step.first(), step.second()));
                case RESYNC_END -> after(step, Io.NONE, () -> machine.resyncEnd(step.first()));
                case UNMOUNT_BEGIN -> after(step, Io.NONE, machine::unmountBegin);
                case UNMOUNT_END -> unmountEnd(step);
                case WRITE_BACK_CLEAR, SUBMIT, RESTART -> throw new IllegalArgumentException(step + " is not the shell's");
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Something that a step does outside. */
    private interface Io {
        Io NONE = () -> { };

        void perform() throws IOException;
    }

    /** A step that ends something: first the I/O, then what the machine makes of it. */
    private void after(Step step, Io io, Supplier<List<Step>> transition) throws IOException {
        if (!enabled(step)) {
            return;
        }
        io.perform();
        List<Step> next;
        synchronized (lock) {
            if (failure != null || !machine.enabled(step)) {
                return;
            }
            next = transition.get();
        }
        offer(next);
    }

    private boolean enabled(Step step) {
        synchronized (lock) {
            return failure == null && machine.enabled(step);
        }
    }

    private void logWrite(Step step) throws IOException {
        LogUpdate update;
        synchronized (lock) {
            if (failure != null || !machine.enabled(step)) {
                return;
            }
            update = machine.logWrite();
        }
        // One cycle of the log's writer at a time: the image has no other user until its flush has begun.
        LogImage image = log.image();
        for (LogUpdate.Change change : update.changes()) {
            if (change.clean()) {
                image.markClean(change.region());
            } else {
                image.markDirty(change.region());
            }
        }
        if (update.whole()) {
            log.writeAll();
        } else {
            log.write();
        }
        offer(List.of(Step.of(Action.LOG_FLUSH_BEGIN)));
    }

    private void logFlushBegin(Step step) {
        List<Step> next;
        synchronized (lock) {
            if (failure != null || !machine.enabled(step)) {
                return;
            }
            next = machine.logFlushBegin();
        }
        logFlush = log.beginFlush();
        offer(next);
    }

    private void legWrite(Step step) throws IOException {
        InFlight write;
        synchronized (lock) {
            write = writes.get(step.first());
        }
        legs.get(step.second()).write(write.memory().duplicate(), write.position());
    }

    private void endWrite(Step step) {
        InFlight write;
        List<Step> next;
        synchronized (lock) {
            if (failure != null || !machine.enabled(step)) {
                return;
            }
            next = machine.endWrite(step.first());
            write = writes.remove(step.first());
            numbers.clear(step.first());
        }
        if (write.copied()) {
            buffers.give(write.memory());
        }
        write.ended().ended();
        offer(next);
    }

    private void round(Step step, Supplier<List<Step>> transition) {
        List<Step> next;
        synchronized (lock) {
            if (failure != null || !machine.enabled(step)) {
                return;
            }
            next = transition.get();
            flushesServed = flushesAsked;
            flushesAsked = new ArrayList<>();
        }
        // What had ended when the round was chosen is covered: a flush that begins later covers no less.
        for (int leg = 0; leg < legFlushes.length; leg++) {
            legFlushes[leg] = legs.get(leg).beginFlush();
        }
        offer(next);
    }

    private void endRound(Step step, Supplier<List<Step>> transition) {
        List<Step> next;
        List<Completion> served;
        synchronized (lock) {
            if (failure != null || !machine.enabled(step)) {
                return;
            }
            next = new ArrayList<>(transition.get());
            served = flushesServed;
            flushesServed = new ArrayList<>();
            if (!flushesAsked.isEmpty()) {
                next.add(Step.of(Action.FLUSH_BEGIN));
            }
        }
        served.forEach(Completion::ended);
        offer(next);
    }

    private void syncBegin(Step step) {
        SyncHook hook;
        synchronized (lock) {
            if (failure != null || !machine.enabled(step)) {
                return;
            }
            machine.syncBegin();
            hook = syncHook;
        }
        hook.sync(() -> offer(List.of(Step.of(Action.SYNC_END))));
    }

    private void resyncCopy(Step step) throws IOException {
        int region;
        synchronized (lock) {
            region = machine.resyncRegion();
        }
        long position = (long) region * layout.regionBytes() + (long) step.first() * layout.chunkBytes();
        int length = (int) Math.min(layout.chunkBytes(), layout.bytes() - position);
        if (length <= 0) {
            return;
        }
        ByteBuffer chunk = buffers.take(length);
        legs.get(layout.source()).read(chunk, position);
        legs.get(step.second()).write(chunk.flip(), position);
        buffers.give(chunk);
    }

    private void unmountEnd(Step step) {
        Completion ended;
        synchronized (lock) {
            if (failure != null || !machine.enabled(step)) {
                return;
            }
            machine.unmountEnd();
            ended = unmounted;
        }
        ended.ended();
    }

    private void checkWorking() throws IOException {
        if (failure != null) {
            throw new IOException("the volume has stopped: " + failure.getMessage(), failure);
        }
    }

    private void fail(IOException cause) {
        List<Completion> pending = new ArrayList<>();
        synchronized (lock) {
            if (failure != null) {
                return;
            }
            failure = cause;
            writes.values().forEach(write -> pending.add(write.ended()));
            pending.addAll(flushesAsked);
            pending.addAll(flushesServed);
            if (unmounted != null) {
                pending.add(unmounted);
            }
        }
        pending.forEach(completion -> completion.failed(cause));
    }
}
