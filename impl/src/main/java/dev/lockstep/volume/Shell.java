package dev.lockstep.volume;

import dev.lockstep.log.Membership;
import dev.lockstep.region.Action;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.LegFlush;
import dev.lockstep.region.LogUpdate;
import dev.lockstep.region.RegionMachine;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.region.Sweep;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
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
    private final InFlights writes = new InFlights();
    private final Waiting waiting = new Waiting();
    private final RegionWork work = new RegionWork();
    private final Failover failover;
    private final Reads reads;
    private SyncHook syncHook = Completion::ended;
    /** The sync() that the last sweep has called, and on what. */
    private SyncCall syncCall = new SyncCall(step -> { });
    private SyncHook called = syncHook;
    private boolean endsSweep;
    private IOException failure;

    Shell(Devices devices, RegionMachine machine, Steps steps, Meter meter, VolumeListener listener) {
        this.devices = devices;
        this.machine = machine;
        this.steps = steps;
        this.meter = meter;
        this.listener = listener;
        this.failover = new Failover(lock, machine, devices, () -> failure != null, this::tell);
        this.reads = new Reads(lock, machine, devices, failover, waiting::unmounting, this::offer, meter);
    }

    void restart() {
        List<Step> next;
        Membership found = devices.found();
        synchronized (lock) {
            next = machine.restart(devices::cleanInLog, found.out(), found.source());
        }
        offer(next);
    }

    void syncWith(SyncHook hook) {
        synchronized (lock) {
            syncHook = hook;
        }
    }

    /** Takes a write of a repair, which a hold of its region does not concern: whoever repairs has it held. */
    void submitRepair(ByteBuffer memory, long position, int region, Completion ended) throws IOException {
        take(new InFlight(position, memory.remaining(), memory, false, false, ended), region, true);
    }

    int submit(ByteBuffer memory, long position, int region, boolean copy, Completion ended) throws IOException {
        int length = memory.remaining();
        ByteBuffer read = memory;
        if (copy) {
            read = copies.take(length);
            read.put(memory).flip();
        }
        return take(new InFlight(position, length, read, false, copy, ended), region, false);
    }

    int discard(long position, int length, int region, Completion ended) throws IOException {
        return take(new InFlight(position, length, zeroes.ofAtMost(length), true, false, ended), region, false);
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

    private int take(InFlight write, int region, boolean repair) throws IOException {
        int number;
        List<Step> next = List.of();
        synchronized (lock) {
            requireOpen();
            number = writes.nextNumber();
            if (work.holds(region) && !repair) {
                work.defer(region, number);
            } else {
                next = submitted(number, write, region);
            }
            writes.put(number, write);
            next = followed(Change.of(next)).next();
        }
        offer(next);
        return number;
    }

    private List<Step> submitted(int number, InFlight write, int region) {
        work.touched(region);
        return machine.submit(number, region, Layout.extent(write.position(), write.length()));
    }

    /**
     * Has new writes to a region wait until it is {@linkplain #release released}, and tells when those before have ended and no
     * resync of it is under way.
     */
    void hold(int region, Completion drained) throws IOException {
        List<Completion> told;
        synchronized (lock) {
            requireOpen();
            work.hold(region, drained);
            told = work.drained(machine);
        }
        told.forEach(Completion::ended);
    }

    /** Lets the writes that have waited go. */
    void release(int region) {
        List<Step> next = new ArrayList<>();
        synchronized (lock) {
            for (int number : work.release(region)) {
                if (failure == null) {
                    next.addAll(submitted(number, writes.get(number), region));
                }
            }
        }
        offer(next);
    }

    /** Suspects a region that is held and has drained; told of a failure if it is being resynced, and so was out of sync. */
    void suspect(int region, Completion suspected) throws IOException {
        synchronized (lock) {
            requireOpen();
            work.forSuspect(region, suspected);
        }
        offer(List.of(Step.of(Action.SUSPECT, region)));
    }

    /** Begins to watch a region whose legs are to be read. */
    RegionWatch watch(int region) throws IOException {
        synchronized (lock) {
            requireOpen();
            RegionWatch watch = new RegionWatch(region, machine.state(region), machine.bit(region), machine.pending(region));
            work.watch(watch);
            return watch;
        }
    }

    /** Ends a watch; whether the region was written or resynced meanwhile, or may have been. */
    boolean unwatch(RegionWatch watch) {
        synchronized (lock) {
            work.unwatch(watch);
            return watch.touched();
        }
    }

    boolean outOfSync(int region) {
        synchronized (lock) {
            return machine.state(region) == RegionState.NOSYNC;
        }
    }

    /** The leg that a region out of sync is read and resynced from. */
    int source() {
        synchronized (lock) {
            return machine.source();
        }
    }

    /** The legs that are written and may be read, ascending. */
    List<Integer> legsInUse() {
        synchronized (lock) {
            return IntStream.range(0, devices.legs()).filter(leg -> (machine.out() & 1 << leg) == 0).boxed().toList();
        }
    }

    /** Reads from a leg, whatever the region's state: for those who look at the legs, and not for users. */
    void look(ByteBuffer into, long position, int leg) throws IOException {
        synchronized (lock) {
            requireOpen();
        }
        reads.look(into, position, leg);
    }

    /** Has a region resynced as soon as that can be; one that is in sync is told of at once. */
    void resync(int region, Completion ended) throws IOException {
        List<Step> next = new ArrayList<>();
        boolean outOfSync;
        synchronized (lock) {
            requireOpen();
            RegionState state = machine.state(region);
            outOfSync = state == RegionState.NOSYNC || state == RegionState.RECOVERING;
            if (outOfSync) {
                work.forResync(region, ended);
                work.resyncSteps(machine, next);
            }
        }
        offer(next);
        if (!outOfSync) {
            ended.ended();
        }
    }

    /** Has a round of flushes mark clean what may be; told when the round has ended, or at once if it would mark nothing. */
    void certify(Completion ended) throws IOException {
        Step begin = Step.of(Action.CERTIFY_BEGIN);
        synchronized (lock) {
            requireOpen();
            waiting.forCertify(ended);
        }
        offer(List.of(begin));
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
        reads.from(leg, into, position, region);
    }

    void read(ByteBuffer into, long position, int region) throws IOException {
        reads.fromAny(into, position, region);
    }

    boolean putOut(int leg, IOException cause) {
        Failover.Noticed noticed = failover.notice(Action.NOTICE_FAILURE, leg, cause);
        offer(noticed.next());
        return noticed.outcome() == Failover.Outcome.OUT;
    }

    boolean readmit(int leg, Leg opened) throws IOException {
        synchronized (lock) {
            requireOpen();
        }
        List<Step> next = failover.readmit(leg, opened);
        if (next != null) {
            offer(next);
        }
        return next != null;
    }

    /**
     * Takes a leg in, as soon as it can be: one that is out and recorded to be, and has nothing of the volume if it is blank.
     * Nothing has happened if it throws.
     */
    void takeIn(int leg, Leg opened, boolean blank, Completion takenIn) throws IOException {
        synchronized (lock) {
            requireOpen();
            requireOut((machine.out() & machine.recordedOut() & 1 << leg) != 0, leg);
            work.requireNoIntake();
        }
        List<Step> next = new ArrayList<>();
        if (blank) {
            // Before anything can take the leg for one that has what was clean.
            List<Step> replaced = failover.replace(leg, opened);
            requireOut(replaced != null, leg);
            next.addAll(replaced);
        }
        synchronized (lock) {
            requireOpen();
            work.forIntake(new Intake(leg, opened, takenIn));
            work.intake().goOn(machine, next);
        }
        offer(next);
    }

    private static void requireOut(boolean out, int leg) throws IOException {
        if (!out) {
            throw new IOException("leg " + leg + " is in use, or it is not recorded yet that it is out of use");
        }
    }

    /** The leg that is to be taken in may be now. */
    private void takeIn() {
        Intake intake;
        synchronized (lock) {
            intake = work.intake();
        }
        List<Step> next = intake == null ? null : failover.readmit(intake.leg(), intake.opened());
        List<Step> free = new ArrayList<>();
        synchronized (lock) {
            if (work.intake() != intake || intake == null) {
                return;
            }
            if (next == null) {
                intake.missed();
                return;
            }
            free.addAll(next);
            for (Intake.Deferred each : work.takenIn()) {
                free.addAll(submitted(each.write(), writes.get(each.write()), each.region()));
            }
            if (waiting.flushAsked()) {
                free.add(Step.of(Action.FLUSH_BEGIN));
            }
            if (waiting.certifyAsked()) {
                free.add(Step.of(Action.CERTIFY_BEGIN));
            }
            work.resyncSteps(machine, free);
        }
        intake.told().ended();
        offer(free);
    }

    void giveUpSync() {
        SyncCall given;
        SyncHook hook;
        synchronized (lock) {
            given = syncCall;
            hook = called;
        }
        if (given.giveUp()) {
            hook.giveUp(given);
        }
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
            if (step.action() == Action.RECORD_FAILURE) {
                offer(failover.record());
            } else if (step.action() == Action.READMIT) {
                takeIn();
            } else if (step.action() == Action.LEG_WRITE) {
                legWrite(step);
            } else {
                Change change = possible(step) ? make(step, before(step)) : missed(step);
                change.outside().perform();
                offer(change.next());
            }
        } catch (LegIoException e) {
            legFailed(step, e);
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new IOException(step + " was cut short: " + e, e));
            throw e;
        }
    }

    /** A leg has failed at a step, which comes to nothing with it; if the volume cannot go on without that leg it stops. */
    private void legFailed(Step step, LegIoException e) {
        Action action = step.action() == Action.LEG_FLUSH_END ? Action.LEG_FLUSH_FAILS : Action.NOTICE_FAILURE;
        Failover.Noticed noticed = failover.notice(action, e.leg(), e.said());
        if (noticed.outcome() == Failover.Outcome.STAYS) {
            fail(e.said());
        } else {
            offer(noticed.next());
        }
    }

    private boolean possible(Step step) {
        synchronized (lock) {
            // A flush that was asked for has to be begun while the volume is still open.
            boolean held = step.action() == Action.UNMOUNT_BEGIN && waiting.flushAsked();
            boolean heldUp = work.intake() != null && work.intake().holdsUp(step);
            return failure == null && !held && !heldUp && machine.enabled(step);
        }
    }

    /**
     * What came of the I/O that a step is the end of, where the machine has to know.
     *
     * @param sweep how many sweeps had been begun before the legs were read
     * @param out   the legs that were out of use then
     * @param equal whether those in use were equal
     */
    private record Found(int sweep, int out, boolean equal) {
        static final Found NOTHING = new Found(0, 0, true);
    }

    /** The I/O that a step is the end of. */
    private Found before(Step step) throws IOException {
        switch (step.action()) {
            case LOG_FLUSH_END -> awaitLogFlush();
            case LEG_FLUSH_END -> devices.awaitLegFlush(step.first());
            case RESYNC_COPY -> copy(step.first(), step.second());
            case COMPARE -> {
                return compare(step.first(), step.second());
            }
            default -> { }
        }
        return Found.NOTHING;
    }

    /** A flush of the log that has failed promises nothing, and no other is tried. */
    private void awaitLogFlush() throws IOException {
        try {
            devices.awaitLogFlush();
        } catch (IOException e) {
            synchronized (lock) {
                if (possible(Step.of(Action.LOG_FLUSH_FAILS))) {
                    machine.logFlushFails();
                }
            }
            tell(VolumeEvent.of(VolumeEvent.Kind.LOG_FAILED, "the log has failed: " + e.getMessage()));
            throw e;
        }
    }

    private void copy(int chunk, int leg) throws IOException {
        int region;
        int source;
        synchronized (lock) {
            region = machine.resyncRegion();
            source = machine.source();
        }
        devices.copy(region, chunk, source, leg);
    }

    private Found compare(int region, int chunk) throws IOException {
        int sweep;
        int out;
        int source;
        synchronized (lock) {
            sweep = machine.sweeps();
            out = machine.out();
            source = machine.source();
        }
        return new Found(sweep, out, devices.equal(region, chunk, out, source));
    }

    /** The write is looked up with the question whether it is still to be made: a leg that fails meanwhile may have ended it. */
    private void legWrite(Step step) throws IOException {
        InFlight write;
        synchronized (lock) {
            write = possible(step) ? writes.get(step.first()) : null;
        }
        if (write != null) {
            devices.write(write, step.second());
            Change change = make(step, Found.NOTHING);
            change.outside().perform();
            offer(change.next());
        }
    }

    private Change make(Step step, Found found) {
        synchronized (lock) {
            if (!possible(step)) {
                return missed(step);
            }
            Change change = followed(made(step, found));
            if (work.intake() == null) {
                return change;
            }
            List<Step> next = new ArrayList<>(change.next());
            work.intake().goOn(machine, next);
            return new Change(change.outside(), next);
        }
    }

    /**
     * Makes what follows under the same lock, where this thread would come to it anyway and it needs no I/O: for a write that is
     * told of soon, taking the lock once more is what costs most. None of these steps depends on what the one before it does
     * outside: that is to tell a write's end.
     */
    private Change followed(Change change) {
        if (!steps.followsAtOnce()) {
            return change;
        }
        Change last = change;
        while (last.next().size() == 1 && follows(last.next().get(0), last)) {
            Change then = made(last.next().get(0), Found.NOTHING);
            last = last.before(then);
        }
        return last;
    }

    private boolean follows(Step step, Change after) {
        boolean follows = switch (step.action()) {
            case ISSUE, QUIESCE -> true;
            case END_WRITE -> after.isInside();
            default -> false;
        };
        return follows && possible(step);
    }

    private Change made(Step step, Found found) {
        int first = step.first();
        return switch (step.action()) {
            case LOG_WRITE -> logWrite();
            case LOG_FLUSH_BEGIN -> new Change(devices::beginLogFlush, machine.logFlushBegin());
            case LOG_FLUSH_END -> withResyncs(machine.logFlushEnd());
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
            case DIRTY_ALL -> Change.of(machine.dirtyAll());
            case SUSPECT -> suspected(first);
            case RESYNC_BEGIN -> resyncBegun(first);
            case RESYNC_COPY -> Change.of(machine.resyncCopy(first, step.second()));
            case RESYNC_END -> resyncEnded(first);
            case SYNC_FAILS -> {
                machine.syncFails();
                yield Change.of(List.of());
            }
            case UNMOUNT_BEGIN -> Change.of(machine.unmountBegin());
            case UNMOUNT_END -> unmountEnd();
            case WRITE_BACK_CLEAR, SUBMIT, RESTART, NOTICE_FAILURE, LEG_FLUSH_FAILS, RECORD_FAILURE, READMIT,
                    LOG_FLUSH_FAILS -> throw new IllegalArgumentException(step + " is not the shell's");
        };
    }

    /** A step cannot be made any more; whoever waits for it is not to wait for ever. A round is one that would mark nothing. */
    private Change missed(Step step) {
        synchronized (lock) {
            if (step.action() == Action.SUSPECT) {
                Completion told = work.suspected(step.first());
                return told == null ? Change.NONE : new Change(() -> told.failed(new IOException("region " + step.first()
                        + " is out of sync")), List.of());
            }
            if (step.action() != Action.CERTIFY_BEGIN) {
                return Change.NONE;
            }
            boolean nothing = machine.legFlush(0) == LegFlush.IDLE && !machine.enabled(step);
            List<Completion> told = nothing ? waiting.certifyEnded() : List.of();
            return new Change(() -> told.forEach(Completion::ended), List.of());
        }
    }

    private Change logWrite() {
        LogUpdate update = machine.logWrite();
        return new Change(() -> {
            try {
                devices.writeLog(update);
            } catch (IOException e) {
                tell(VolumeEvent.of(VolumeEvent.Kind.LOG_FAILED, "the log has failed: " + e.getMessage()));
                throw e;
            }
        }, List.of(Step.of(Action.LOG_FLUSH_BEGIN)));
    }

    private Change endWrite(int number) {
        List<Step> next = machine.endWrite(number);
        InFlight write = writes.remove(number);
        List<Completion> drained = work.drained(machine);
        return new Change(() -> {
            meter.written(write);
            if (write.copied()) {
                copies.give(write.memory());
            }
            write.ended().ended();
            drained.forEach(Completion::ended);
        }, next);
    }

    private Change suspected(int region) {
        List<Step> next = machine.suspect(region);
        Completion told = work.suspected(region);
        return told == null ? Change.of(next) : new Change(told::ended, next);
    }

    private Change resyncBegun(int region) {
        work.touched(region);
        return Change.of(machine.resyncBegin(region));
    }

    private Change resyncEnded(int region) {
        List<Step> next = machine.resyncEnd(region);
        List<Completion> told = new ArrayList<>(work.resynced(region));
        told.addAll(work.drained(machine));
        return new Change(() -> {
            meter.regionsResynced.increment();
            tell(VolumeEvent.ofRegion(VolumeEvent.Kind.REGION_RESYNCED, region, "region " + region + " is resynced"));
            told.forEach(Completion::ended);
        }, withResyncs(next).next());
    }

    /** Adds the resync that somebody waits for, if it has become possible. */
    private Change withResyncs(List<Step> possible) {
        List<Step> next = new ArrayList<>(possible);
        work.resyncSteps(machine, next);
        return Change.of(next);
    }

    private Change roundBegun(List<Step> next) {
        waiting.roundBegun();
        int out = machine.out();
        return new Change(() -> devices.beginLegFlushes(out), next);
    }

    private Change certifyBegun() {
        waiting.certifyBegun();
        boolean sweeping = machine.sweep() != Sweep.IDLE;
        Change begun = roundBegun(machine.certifyBegin());
        endsSweep = sweeping && machine.sweep() == Sweep.IDLE;
        return begun;
    }

    private Change roundEnded(List<Step> possible) {
        List<Step> next = new ArrayList<>(possible);
        List<Completion> served = waiting.roundEnded();
        List<Completion> certified = waiting.certified();
        if (machine.enabled(Step.of(Action.CERTIFY_BEGIN))) {
            if (waiting.certifyAsked()) {
                next.add(Step.of(Action.CERTIFY_BEGIN));
            }
        } else {
            certified.addAll(waiting.certifyEnded());
        }
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
            certified.forEach(Completion::ended);
            if (ended) {
                tell(VolumeEvent.of(VolumeEvent.Kind.SWEEP_ENDED, "sweep " + sweeps + " has ended"));
            }
        }, next);
    }

    private Change syncBegin() {
        machine.syncBegin();
        SyncHook hook = syncHook;
        SyncCall call = new SyncCall(step -> offer(List.of(step)));
        syncCall = call;
        called = hook;
        return new Change(() -> hook.sync(call), List.of());
    }

    /**
     * What was read for an earlier sweep says nothing: a write may have come between the reads, which has kicked the region
     * out of that sweep. The sweep under way has offered a step of its own; so it has if a leg was put out of use meanwhile.
     */
    private Change compared(Step step, Found found) {
        return found.sweep == machine.sweeps() && found.out == machine.out() ? Change.of(machine.compare(step.first(), step.second(), found.equal))
                : Change.NONE;
    }

    private Change unmountEnd() {
        machine.unmountEnd();
        List<Completion> told = waiting.unmounted();
        told.addAll(waiting.certifyEnded());
        List<Completion> left = work.all();
        return new Change(() -> {
            told.forEach(Completion::ended);
            left.forEach(each -> each.failed(new IOException("the volume is unmounted")));
        }, List.of());
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
            told.addAll(work.all());
            writes.all().forEach(write -> told.add(write.ended()));
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
