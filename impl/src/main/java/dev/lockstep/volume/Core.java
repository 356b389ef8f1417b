package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.RegionMachine;
import dev.lockstep.region.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the parts of a {@link Shell} share: the lock, what it guards, and the way to offer a step. Thread-safe but for the fields that
 * are said to be guarded.
 */
final class Core {
    private static final Logger LOG = LoggerFactory.getLogger(Volume.class);

    final ShortLock lock = new ShortLock();
    final Devices devices;
    final Meter meter;

    /** Guarded by the lock, as are the three that follow. */
    final RegionMachine machine;
    final InFlights writes = new InFlights();
    final Waiting waiting = new Waiting();
    final RegionWork work = new RegionWork();

    private final Steps steps;
    private final Consumer<Step> run;
    private final VolumeListener listener;
    /** How many copies to each leg are under way; guarded by the lock, as is the next. */
    private final int[] copying;
    /** Writes that have ended without a leg that was put out of use, and may reach it still. */
    private final List<InFlight> late = new ArrayList<>();
    /** Why the volume has stopped, or null; guarded by the lock. */
    private IOException failure;

    /**
     * Of a shell that runs a step so once its turn has come.
     *
     * @param run makes the step, if it can be made then
     */
    Core(Devices devices, RegionMachine machine, Steps steps, Consumer<Step> run, Meter meter, VolumeListener listener) {
        this.devices = devices;
        this.machine = machine;
        this.steps = steps;
        this.run = run;
        this.meter = meter;
        this.listener = listener;
        this.copying = new int[devices.legs()];
    }

    /** Offers steps, in their order. Not under the lock: a seam may run them before it returns. */
    void offer(List<Step> next) {
        for (Step step : next) {
            steps.offer(step, () -> run.accept(step));
        }
    }

    void offer(Step step) {
        steps.offer(step, () -> run.accept(step));
    }

    /** Offers a step that is made so. */
    void offer(Step step, Runnable body) {
        steps.offer(step, body);
    }

    /** Whether this thread may make what follows at once: {@link Steps#followsAtOnce}. */
    boolean followsAtOnce() {
        return steps.followsAtOnce();
    }

    /** Whether a step can be made now. It stays so only as long as the lock is held. */
    boolean possible(Step step) {
        lock.lock();
        try {
            return possibleNow(step);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a step can be made. Guarded by the lock: to take it once more costs what the answer does, many times over. */
    boolean possibleNow(Step step) {
        machine.quiescePutOff();
        // A flush that was asked for has to be begun while the volume is still open.
        boolean held = step.action() == Action.UNMOUNT_BEGIN && waiting.flushAsked();
        boolean heldUp = work.intake() != null && work.intake().holdsUp(step);
        return failure == null && !held && !heldUp && machine.enabled(step);
    }

    /** A write is about to be written to legs, a bit each. Guarded by the lock. */
    void writingBegun(InFlight write, int legs) {
        write.writing |= legs;
    }

    /** It was written to them, or that has failed. Guarded by the lock. */
    void writingEnded(InFlight write, int legs) {
        write.writing &= ~legs;
        if (write.writing == 0 && !late.isEmpty()) {
            late.remove(write);
        }
    }

    /** Takes out a write that ends. Guarded by the lock. */
    InFlight ended(int number) {
        InFlight write = writes.remove(number);
        if (write.writing != 0) {
            late.add(write);
        }
        return write;
    }

    /** A leg is about to get a copy. Guarded by the lock. */
    void copyingBegun(int leg) {
        copying[leg]++;
    }

    /** It has got it, or that has failed. Guarded by the lock. */
    void copyingEnded(int leg) {
        copying[leg]--;
    }

    /**
     * Whether nothing that was asked of a leg can reach it any more. A leg that was put out of use while it was being written may
     * be written late; taken in again before that it would get old data in place of new. Guarded by the lock.
     */
    boolean quiet(int leg) {
        return copying[leg] == 0 && Stream.concat(late.stream(), writes.all().stream()).noneMatch(write -> (write.writing & 1 << leg) != 0);
    }

    /** After any step: the leg that is to be taken in, if there is one, goes on as far as it can. Guarded by the lock. */
    void intakeGoesOn(List<Step> next) {
        if (work.intake() != null) {
            work.intake().goOn(machine, quiet(work.intake().leg()), next);
        }
    }

    /** Guarded by the lock. */
    boolean stopped() {
        return failure != null;
    }

    /** Guarded by the lock. */
    void requireOpen() throws IOException {
        if (failure != null) {
            throw new IOException("the volume has stopped: " + failure.getMessage(), failure);
        }
        if (waiting.unmounting()) {
            throw new IOException("the volume is unmounted");
        }
    }

    /** Stops the volume for good. Whoever waits is told, once: what was acknowledged has been taken out before. */
    void stop(IOException cause) {
        List<Completion> told = new ArrayList<>();
        lock.lock();
        try {
            if (failure != null) {
                return;
            }
            failure = cause;
            told.addAll(waiting.all());
            told.addAll(work.all());
            writes.all().forEach(write -> told.add(write.ended()));
        } finally {
            lock.unlock();
        }
        told.forEach(completion -> completion.failed(cause));
        tell(VolumeEvent.of(VolumeEvent.Kind.STOPPED, "the volume has stopped: " + cause.getMessage()));
    }

    /** Not under the lock, and nothing that a listener does comes back here. */
    void tell(VolumeEvent event) {
        try {
            listener.happened(event);
        } catch (RuntimeException e) {
            LOG.warn("a listener has thrown on being told: {}", event.sentence(), e);
        }
    }
}
