package dev.lockstep.volume;

import dev.lockstep.log.Membership;
import dev.lockstep.region.Action;
import dev.lockstep.region.DriverView;
import dev.lockstep.region.Mode;
import dev.lockstep.region.RegionMachine;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Carries out the machine's steps: the machine decides under a lock, the I/O is done without it. Thread-safe.
 *
 * <p>A step that is the end of something does its I/O first ({@link #before}); then the machine makes it; a step that is
 * the beginning of something does its I/O after ({@link Change#outside}). The steps that follow are offered last, so that
 * none can overtake the I/O that it depends on. A step that does I/O first is offered once each time that it becomes
 * possible, so no two threads are ever at it together; save a comparison that comes late and that of the next sweep, which
 * both only read.
 *
 * <p>What is asked of a volume, and what its steps come to, is in the parts of this: {@link LegWrites}, {@link Rounds}, {@link LogSteps},
 * {@link Chunks}, {@link Syncs}, {@link RegionTasks}, {@link Reads}, {@link Failover}, {@link Intakes}.
 */
final class Shell {
    private final Core core;
    private final Writes writes;
    private final LegWrites legWrites;
    private final Rounds rounds;
    private final LogSteps log;
    private final Chunks chunks;
    private final Syncs syncs;
    private final Failover failover;
    private final Reads reads;
    private final RegionTasks tasks;
    private final Intakes intakes;

    Shell(Devices devices, RegionMachine machine, Steps steps, Meter meter, VolumeListener listener) {
        this.core = new Core(devices, machine, steps, this::run, meter, listener);
        this.writes = new Writes(core);
        this.legWrites = new LegWrites(core);
        this.rounds = new Rounds(core);
        this.log = new LogSteps(core);
        this.chunks = new Chunks(core);
        this.syncs = new Syncs(core);
        this.failover = new Failover(core);
        this.reads = new Reads(core, failover);
        this.tasks = new RegionTasks(core, writes, reads);
        this.intakes = new Intakes(core, failover, writes);
    }

    void restart() {
        List<Step> next;
        Membership found = core.devices.found();
        core.lock.lock();
        try {
            next = core.machine.restart(core.devices::cleanInLog, found.out(), found.source(), found.absent());
        } finally {
            core.lock.unlock();
        }
        core.offer(next);
    }

    // ---- what is asked

    /** Takes a write of a caller's memory, or of a {@link Writes#copy} of it. */
    int submit(ByteBuffer memory, long position, int region, boolean copied, Completion ended) throws IOException {
        return take(Writes.of(memory, position, copied, ended), region, true);
    }

    /** Spec action {@code CopyPage}: what a write is to be of is read before the write is counted in, and without the lock. */
    ByteBuffer copy(ByteBuffer memory) {
        return writes.copy(memory);
    }

    /** Takes a write of a repair, which a hold of its region does not concern: whoever repairs has it held. */
    void submitRepair(ByteBuffer memory, long position, int region, Completion ended) throws IOException {
        take(Writes.of(memory, position, false, ended), region, false);
    }

    int discard(long position, int length, int region, Completion ended) throws IOException {
        return take(writes.ofDiscard(position, length, ended), region, true);
    }

    private int take(InFlight write, int region, boolean held) throws IOException {
        boolean here = core.followsAtOnce();
        int number;
        List<Step> next;
        LegWrites.Begun begun = null;
        core.lock.lock();
        try {
            core.requireOpen();
            number = here ? core.writes.addHere(write) : core.writes.add(write);
            next = writes.take(write, number, region, held);
            if (here && next.size() == 1 && next.get(0).action() == Action.ISSUE) {
                next = core.machine.issue(number);
                begun = legWrites.beginAll(number, write);
            }
        } finally {
            core.lock.unlock();
        }
        if (begun == null) {
            core.offer(next);
        } else {
            writeTogether(next.get(0), begun);
        }
        return number;
    }

    /** This thread writes the legs one after the other in any case; so it takes the lock once for all of them. */
    private void writeTogether(Step first, LegWrites.Begun begun) {
        core.offer(first, () -> attempt(first, () -> write(begun)));
    }

    VolumeCounters counters() {
        Map<RegionState, Integer> regions = new EnumMap<>(RegionState.class);
        core.lock.lock();
        try {
            core.machine.quiescePutOff();
            for (RegionState state : RegionState.values()) {
                regions.put(state, core.machine.count(state));
            }
            return core.meter.with(core.machine.sweeps(), regions);
        } finally {
            core.lock.unlock();
        }
    }

    <T> T inspect(Function<DriverView, T> question) {
        core.lock.lock();
        try {
            core.machine.quiescePutOff();
            return question.apply(core.machine);
        } finally {
            core.lock.unlock();
        }
    }

    ByteBuffer memoryOf(int write) {
        return writes.memoryOf(write);
    }

    Rounds rounds() {
        return rounds;
    }

    Syncs syncs() {
        return syncs;
    }

    Reads reads() {
        return reads;
    }

    RegionTasks tasks() {
        return tasks;
    }

    Intakes intakes() {
        return intakes;
    }

    boolean putOut(int leg, IOException cause) {
        Failover.Noticed noticed = failover.notice(leg, cause);
        core.offer(noticed.next());
        return noticed.outcome() == Failover.Outcome.PUT_OUT || noticed.outcome() == Failover.Outcome.OUT;
    }

    /** Offers a step that the driver does not come to by itself, if it could be made now. */
    void request(Step step) {
        if (core.possible(step)) {
            core.offer(step);
        }
    }

    // ---- steps

    private void run(Step step) {
        attempt(step, () -> {
            switch (step.action()) {
                case RECORD_BEGIN -> core.offer(failover.recordBegin());
                case RECORD_FAILURE -> core.offer(failover.record());
                case READMIT -> intakes.goOn();
                case LEG_WRITE -> {
                    LegWrites.Begun begun = legWrites.begin(step);
                    if (begun != null) {
                        write(begun);
                    }
                }
                default -> finish(core.possible(step) ? make(step, before(step)) : missed(step));
            }
        });
    }

    /** Something that may come to nothing because a leg, or the log, has failed. */
    @FunctionalInterface
    private interface Doing {
        void perform() throws IOException;
    }

    private void attempt(Step step, Doing doing) {
        try {
            doing.perform();
        } catch (LegIoException e) {
            legFailed(step.action() == Action.LEG_FLUSH_END ? Action.LEG_FLUSH_FAILS : Action.NOTICE_FAILURE, e);
        } catch (IOException e) {
            core.stop(e);
        } catch (RuntimeException | Error e) {
            core.stop(new IOException(step + " was cut short: " + e, e));
            throw e;
        }
    }

    /** A leg has failed at a step, which comes to nothing with it; if the volume cannot go on without that leg it stops. */
    private void legFailed(Action action, LegIoException e) {
        Failover.Noticed noticed = failover.notice(action, e);
        if (noticed.outcome() == Failover.Outcome.STAYS) {
            core.stop(e.said());
        } else {
            core.offer(noticed.next());
        }
    }

    private void finish(Change change) throws IOException {
        change.outside().perform();
        core.offer(change.next());
    }

    private void write(LegWrites.Begun begun) throws IOException {
        List<LegIoException> failed = legWrites.write(begun);
        finish(written(begun, failed));
        failed.forEach(each -> legFailed(Action.NOTICE_FAILURE, each));
    }

    private Change written(LegWrites.Begun begun, List<LegIoException> failed) {
        core.lock.lock();
        try {
            List<Step> next = legWrites.written(begun, failed);
            boolean here = core.followsAtOnce();
            // What is next is END_WRITE, or nothing.
            return goneOn(here && !next.isEmpty() ? writes.end(begun.number()) : Change.of(next), here);
        } finally {
            core.lock.unlock();
        }
    }

    /** The I/O that a step is the end of; what came of it, where the machine has to know. */
    private Chunks.Compared before(Step step) throws IOException {
        switch (step.action()) {
            case LOG_FLUSH_END -> log.awaitFlush();
            case LEG_FLUSH_END -> core.devices.awaitLegFlush(step.first());
            case RESYNC_COPY -> chunks.copy(step);
            case COMPARE -> {
                return chunks.compare(step.first(), step.second());
            }
            default -> { }
        }
        return Chunks.Compared.NOTHING;
    }

    private Change make(Step step, Chunks.Compared found) {
        core.lock.lock();
        try {
            return goneOn(core.possibleNow(step) ? made(step, found) : missed(step), core.followsAtOnce());
        } finally {
            core.lock.unlock();
        }
    }

    /** What follows at once, and the leg that waits for what is under way to end. Under the lock. */
    private Change goneOn(Change made, boolean here) {
        Change change = here ? followed(made) : made;
        if (core.work.intake() == null) {
            return change;
        }
        List<Step> next = new ArrayList<>(change.next());
        core.intakeGoesOn(next);
        return new Change(change.outside(), next);
    }

    /**
     * Makes what follows under the same lock, where this thread would come to it anyway and it needs no I/O: for a write that is
     * told of soon, taking the lock once more is what costs most. None of these steps depends on what the one before it does
     * outside: that is to tell a write's end.
     */
    private Change followed(Change change) {
        Change last = change;
        while (last.next().size() == 1 && follows(last.next().get(0))) {
            Step next = last.next().get(0);
            if (mayBePutOff(next)) {
                core.machine.quiesceLater(next.first());
                return last.before(Change.NONE);
            }
            last = last.before(made(next, Chunks.Compared.NOTHING));
        }
        return last;
    }

    /** That a region has drained is seen when that matters, which is when anything else is done than to write: {@link Core#possibleNow}. */
    private boolean mayBePutOff(Step step) {
        return step.action() == Action.QUIESCE && core.machine.mode() == Mode.UP;
    }

    /** A write's end is none of them: it follows from what a leg has, of which {@link #written} makes it, or from a failure's record. */
    private boolean follows(Step step) {
        boolean follows = step.action() == Action.QUIESCE || step.action() == Action.ISSUE;
        // The machine has just said that it can be made.
        return follows && !core.stopped();
    }

    private Change made(Step step, Chunks.Compared found) {
        RegionMachine machine = core.machine;
        int first = step.first();
        return switch (step.action()) {
            case LOG_WRITE -> log.write();
            case LOG_FLUSH_BEGIN -> new Change(core.devices::beginLogFlush, machine.logFlushBegin());
            case LOG_FLUSH_END -> tasks.withResyncs(machine.logFlushEnd());
            case ISSUE -> Change.of(machine.issue(first));
            case END_WRITE -> writes.end(first);
            case QUIESCE -> Change.of(machine.quiesce(first));
            case FLUSH_BEGIN -> rounds.flushBegin();
            case CERTIFY_BEGIN -> rounds.certifyBegin();
            case LEG_FLUSH_END -> Change.of(machine.legFlushEnd(first));
            case FLUSH_END -> rounds.flushEnd();
            case CERTIFY_END -> rounds.certifyEnd();
            case NOMINATE -> Change.of(machine.nominate());
            case SYNC_BEGIN -> syncs.begin();
            case SYNC_END -> Change.of(machine.syncEnd());
            case COMPARE -> chunks.compared(step, found);
            case DIRTY_ALL -> Change.of(machine.dirtyAll());
            case SUSPECT -> tasks.suspected(first);
            case RESYNC_BEGIN -> tasks.resyncBegin(first);
            case RESYNC_COPY -> Change.of(machine.resyncCopy(first, step.second()));
            case RESYNC_END -> tasks.resyncEnd(first);
            case SYNC_FAILS -> {
                machine.syncFails();
                yield Change.of(List.of());
            }
            case UNMOUNT_BEGIN -> Change.of(machine.unmountBegin());
            case UNMOUNT_END -> rounds.unmountEnd();
            case WRITE_BACK_CLEAR, COPY_PAGE, SUBMIT, LEG_WRITE, RESTART, NOTICE_FAILURE, LEG_FLUSH_FAILS, RECORD_BEGIN, RECORD_FAILURE,
                    READMIT, LOG_FLUSH_FAILS -> throw new IllegalArgumentException(step + " is not made here");
        };
    }

    /** A step cannot be made any more; whoever waits for it is not to wait for ever. */
    private Change missed(Step step) {
        core.lock.lock();
        try {
            return switch (step.action()) {
                case SUSPECT -> tasks.suspectMissed(step.first());
                case CERTIFY_BEGIN -> rounds.certifyMissed();
                default -> Change.NONE;
            };
        } finally {
            core.lock.unlock();
        }
    }
}
