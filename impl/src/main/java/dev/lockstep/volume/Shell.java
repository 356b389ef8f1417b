package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.LogUpdate;
import dev.lockstep.region.RegionMachine;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.region.Sweep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the machine's steps: the machine decides under a lock, the I/O is done without it. Thread-safe.
 *
 * <p>A step that is the end of something does its I/O first ({@link #before}); then the machine makes it; a step that is
 * the beginning of something does its I/O after ({@link Change#outside}). The steps that follow are offered last, so that
 * none can overtake the I/O that it depends on. A step that does I/O first is offered once each time that it becomes
 * possible, so no two threads are ever at it together; save a comparison that comes late and that of the next sweep, which
 * both only read.
 */
final class Shell {
    private static final Logger LOG = LoggerFactory.getLogger(Volume.class);

    private final Devices devices;
    private final Steps steps;
    private final Meter meter;
    private final VolumeListener listener;
    private final Buffers copies = new Buffers();
    private final Zeroes zeroes = new Zeroes();
    private final Object lock = new Object();

    /** Guarded by the lock, as are all below. */
    private final RegionMachine machine;
    private final Map<Integer, InFlight> writes = new TreeMap<>();
    private final BitSet numbers = new BitSet();
    private final Waiting waiting = new Waiting();
    private SyncHook syncHook = Completion::ended;
    private boolean endsSweep;
    private IOException failure;

    Shell(Devices devices, RegionMachine machine, Steps steps, Meter meter, VolumeListener listener) {
        this.devices = devices;
        this.machine = machine;
        this.steps = steps;
        this.meter = meter;
        this.listener = listener;
    }

    void restart() {
        List<Step> next;
        synchronized (lock) {
            next = machine.restart(devices::cleanInLog);
        }
        offer(next);
    }

    void syncWith(SyncHook hook) {
        synchronized (lock) {
            syncHook = hook;
        }
    }

    int submit(ByteBuffer memory, long position, int region, boolean copy, Completion ended) throws IOException {
        int length = memory.remaining();
        ByteBuffer read = memory;
        if (copy) {
            read = copies.take(length);
            read.put(memory).flip();
        }
        return take(new InFlight(position, length, read, false, copy, ended), region);
    }

    int discard(long position, int length, int region, Completion ended) throws IOException {
        return take(new InFlight(position, length, zeroes.ofAtMost(length), true, false, ended), region);
    }

    VolumeCounters counters() {
        Map<RegionState, Integer> regions = new EnumMap<>(RegionState.class);
        int sweeps;
        synchronized (lock) {
            for (RegionState state : RegionState.values()) {
                regions.put(state, machine.count(state));
            }
            sweeps = machine.sweeps();
        }
        return meter.with(sweeps, regions);
    }

    private int take(InFlight write, int region) throws IOException {
        int number;
        List<Step> next;
        synchronized (lock) {
            requireOpen();
            number = numbers.nextClearBit(0);
            next = machine.submit(number, region, Layout.extent(write.position(), write.length()));
            numbers.set(number);
            writes.put(number, write);
        }
        offer(next);
        return number;
    }

    void flush(Completion ended) throws IOException {
        synchronized (lock) {
            requireOpen();
            waiting.forFlush(ended);
        }
        request(Step.of(Action.FLUSH_BEGIN));
    }

    void unmount(Completion ended) throws IOException {
        synchronized (lock) {
            requireOpen();
            if (!writes.isEmpty()) {
                throw new IllegalStateException("a volume with a write in flight cannot be unmounted");
            }
            waiting.forUnmount(ended);
        }
        request(Step.of(Action.UNMOUNT_BEGIN));
    }

    void read(ByteBuffer into, long position, int region, int leg) throws IOException {
        synchronized (lock) {
            requireOpen();
            if (!machine.mayRead(region, leg)) {
                throw new IllegalArgumentException("leg " + leg + " may not serve region " + region + ", which is "
                        + machine.state(region));
            }
        }
        int length = into.remaining();
        devices.read(into, position, leg);
        meter.read(length);
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

    /** Offers a step that the driver does not come to by itself, if it could be made now. */
    void request(Step step) {
        if (possible(step)) {
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
            if (possible(step)) {
                Found found = before(step);
                Change change = make(step, found);
                change.outside().perform();
                offer(change.next());
            }
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new IOException(step + " was cut short: " + e, e));
            throw e;
        }
    }

    private boolean possible(Step step) {
        synchronized (lock) {
            // A flush that was asked for has to be begun while the volume is still open.
            boolean held = step.action() == Action.UNMOUNT_BEGIN && waiting.flushAsked();
            return failure == null && !held && machine.enabled(step);
        }
    }

    /**
     * What came of the I/O that a step is the end of, where the machine has to know.
     *
     * @param sweep how many sweeps had been begun before the legs were read
     * @param equal whether they were equal
     */
    private record Found(int sweep, boolean equal) {
        static final Found NOTHING = new Found(0, true);
    }

    /** The I/O that a step is the end of. */
    private Found before(Step step) throws IOException {
        switch (step.action()) {
            case LOG_FLUSH_END -> devices.awaitLogFlush();
            case LEG_FLUSH_END -> devices.awaitLegFlush(step.first());
            case LEG_WRITE -> devices.write(writeOf(step.first()), step.second());
            case RESYNC_COPY -> devices.copy(inspect(DriverView::resyncRegion), step.first(), step.second());
            case COMPARE -> {
                int sweep = inspect(DriverView::sweeps);
                return new Found(sweep, devices.equal(step.first(), step.second()));
            }
            default -> { }
        }
        return Found.NOTHING;
    }

    private InFlight writeOf(int number) {
        synchronized (lock) {
            return writes.get(number);
        }
    }

    private Change make(Step step, Found found) {
        int first = step.first();
        synchronized (lock) {
            if (!possible(step)) {
                return Change.NONE;
            }
            return switch (step.action()) {
                case LOG_WRITE -> logWrite();
                case LOG_FLUSH_BEGIN -> new Change(devices::beginLogFlush, machine.logFlushBegin());
                case LOG_FLUSH_END -> Change.of(machine.logFlushEnd());
                case ISSUE -> Change.of(machine.issue(first));
                case LEG_WRITE -> Change.of(machine.legWrite(first, step.second()));
                case END_WRITE -> endWrite(first);
                case QUIESCE -> Change.of(machine.quiesce(first));
                case FLUSH_BEGIN -> roundBegun(machine.flushBegin());
                case CERTIFY_BEGIN -> certifyBegun();
                case LEG_FLUSH_END -> Change.of(machine.legFlushEnd(first));
                case FLUSH_END -> roundEnded(machine.flushEnd());
                case CERTIFY_END -> roundEnded(machine.certifyEnd());
                case NOMINATE -> Change.of(machine.nominate());
                case SYNC_BEGIN -> syncBegin();
                case SYNC_END -> Change.of(machine.syncEnd());
                case COMPARE -> compared(step, found);
                case RESYNC_BEGIN -> Change.of(machine.resyncBegin(first));
                case RESYNC_COPY -> Change.of(machine.resyncCopy(first, step.second()));
                case RESYNC_END -> resyncEnded(first);
                case UNMOUNT_BEGIN -> Change.of(machine.unmountBegin());
                case UNMOUNT_END -> unmountEnd();
                case WRITE_BACK_CLEAR, SUBMIT, RESTART -> throw new IllegalArgumentException(step + " is not the shell's");
            };
        }
    }

    private Change logWrite() {
        LogUpdate update = machine.logWrite();
        return new Change(() -> devices.writeLog(update), List.of(Step.of(Action.LOG_FLUSH_BEGIN)));
    }

    private Change endWrite(int number) {
        List<Step> next = machine.endWrite(number);
        InFlight write = writes.remove(number);
        numbers.clear(number);
        return new Change(() -> {
            meter.written(write);
            if (write.copied()) {
                copies.give(write.memory());
            }
            write.ended().ended();
        }, next);
    }

    private Change roundBegun(List<Step> next) {
        waiting.roundBegun();
        return new Change(devices::beginLegFlushes, next);
    }

    private Change certifyBegun() {
        boolean sweeping = machine.sweep() != Sweep.IDLE;
        Change begun = roundBegun(machine.certifyBegin());
        endsSweep = sweeping && machine.sweep() == Sweep.IDLE;
        return begun;
    }

    private Change roundEnded(List<Step> possible) {
        List<Step> next = new ArrayList<>(possible);
        List<Completion> served = waiting.roundEnded();
        if (waiting.flushAsked()) {
            next.add(Step.of(Action.FLUSH_BEGIN));
        } else if (waiting.unmounting() && machine.enabled(Step.of(Action.UNMOUNT_BEGIN))) {
            next.add(Step.of(Action.UNMOUNT_BEGIN));
        }
        boolean ended = endsSweep;
        int sweeps = machine.sweeps();
        endsSweep = false;
        return new Change(() -> {
            meter.flushes.add(served.size());
            served.forEach(Completion::ended);
            if (ended) {
                tell(VolumeEvent.of(VolumeEvent.Kind.SWEEP_ENDED, "sweep " + sweeps + " has ended"));
            }
        }, next);
    }

    private Change resyncEnded(int region) {
        List<Step> next = machine.resyncEnd(region);
        return new Change(() -> {
            meter.regionsResynced.increment();
            tell(VolumeEvent.ofRegion(VolumeEvent.Kind.REGION_RESYNCED, region, "region " + region + " is resynced"));
        }, next);
    }

    private Change syncBegin() {
        machine.syncBegin();
        SyncHook hook = syncHook;
        AtomicBoolean returned = new AtomicBoolean();
        Completion ended = Completion.of(() -> {
            // One that is told twice must not end the sync() of the next sweep before it has done its work.
            if (!returned.getAndSet(true)) {
                offer(List.of(Step.of(Action.SYNC_END)));
            }
        });
        return new Change(() -> hook.sync(ended), List.of());
    }

    /**
     * What was read for an earlier sweep says nothing: a write may have come between the reads, which has kicked the region
     * out of that sweep. The sweep under way has offered a step of its own.
     */
    private Change compared(Step step, Found found) {
        return found.sweep == machine.sweeps() ? Change.of(machine.compare(step.first(), step.second(), found.equal))
                : Change.NONE;
    }

    private Change unmountEnd() {
        machine.unmountEnd();
        List<Completion> told = waiting.unmounted();
        return new Change(() -> told.forEach(Completion::ended), List.of());
    }

    private void requireOpen() throws IOException {
        if (failure != null) {
            throw new IOException("the volume has stopped: " + failure.getMessage(), failure);
        }
        if (waiting.unmounting()) {
            throw new IOException("the volume is unmounted");
        }
    }

    /** Stops the volume for good. Whoever waits is told, once: what was acknowledged has been taken out before. */
    private void fail(IOException cause) {
        List<Completion> told;
        synchronized (lock) {
            if (failure != null) {
                return;
            }
            failure = cause;
            told = waiting.all();
            writes.values().forEach(write -> told.add(write.ended()));
        }
        told.forEach(completion -> completion.failed(cause));
        tell(VolumeEvent.of(VolumeEvent.Kind.STOPPED, "the volume has stopped: " + cause.getMessage()));
    }

    /** Not under the lock, and nothing that a listener does comes back here. */
    private void tell(VolumeEvent event) {
        try {
            listener.happened(event);
        } catch (RuntimeException e) {
            LOG.warn("a listener has thrown on being told: {}", event.sentence(), e);
        }
    }
}
