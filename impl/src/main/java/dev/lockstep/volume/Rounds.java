package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.LegFlush;
import dev.lockstep.region.Step;
import dev.lockstep.region.Sweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The shell's part that deals with rounds of flushes, whether a user asks for one or a sweep comes to it, and with the unmount, which
 * comes to rounds of its own. Thread-safe; the methods that make a step are called under the shell's lock.
 */
final class Rounds {
    private final Core core;
    /** Whether the round under way is the end of a sweep; guarded by the shell's lock. */
    private boolean endsSweep;

    Rounds(Core core) {
        this.core = core;
    }

    /** Has a round of flushes mark clean what may be; told when the round has ended, or at once if it would mark nothing. */
    void certify(Completion ended) throws IOException {
        core.lock.lock();
        try {
            core.requireOpen();
            core.waiting.forCertify(ended);
        } finally {
            core.lock.unlock();
        }
        core.offer(Step.of(Action.CERTIFY_BEGIN));
    }

    void flush(Completion ended) throws IOException {
        core.lock.lock();
        try {
            core.requireOpen();
            core.waiting.forFlush(ended);
        } finally {
            core.lock.unlock();
        }
        request(Step.of(Action.FLUSH_BEGIN));
    }

    void unmount(Completion ended) throws IOException {
        core.lock.lock();
        try {
            core.requireOpen();
            if (!core.writes.isEmpty()) {
                throw new IllegalStateException("a volume with a write in flight cannot be unmounted");
            }
            core.waiting.forUnmount(ended);
        } finally {
            core.lock.unlock();
        }
        request(Step.of(Action.UNMOUNT_BEGIN));
    }

    private void request(Step step) {
        if (core.possible(step)) {
            core.offer(step);
        }
    }

    // ---- steps

    Change flushBegin() {
        return begun(core.machine.flushBegin());
    }

    Change certifyBegin() {
        core.waiting.certifyBegun();
        boolean sweeping = core.machine.sweep() != Sweep.IDLE;
        Change begun = begun(core.machine.certifyBegin());
        endsSweep = sweeping && core.machine.sweep() == Sweep.IDLE;
        return begun;
    }

    private Change begun(List<Step> next) {
        core.waiting.roundBegun();
        int out = core.machine.out();
        return new Change(() -> core.devices.beginLegFlushes(out), next);
    }

    /** A round that cannot be begun now: who waits for it is told if it would mark nothing, and else by the one under way. */
    Change certifyMissed() {
        boolean nothing = core.machine.legFlush(0) == LegFlush.IDLE && !core.machine.enabled(Step.of(Action.CERTIFY_BEGIN));
        List<Completion> told = nothing ? core.waiting.certifyEnded() : List.of();
        return new Change(() -> told.forEach(Completion::ended), List.of());
    }

    Change flushEnd() {
        return ended(core.machine.flushEnd());
    }

    Change certifyEnd() {
        return ended(core.machine.certifyEnd());
    }

    private Change ended(List<Step> possible) {
        Waiting waiting = core.waiting;
        List<Step> next = new ArrayList<>(possible);
        List<Completion> served = waiting.roundEnded();
        List<Completion> certified = waiting.certified();
        if (core.machine.enabled(Step.of(Action.CERTIFY_BEGIN))) {
            if (waiting.certifyAsked()) {
                next.add(Step.of(Action.CERTIFY_BEGIN));
            }
        } else {
            certified.addAll(waiting.certifyEnded());
        }
        if (waiting.flushAsked()) {
            next.add(Step.of(Action.FLUSH_BEGIN));
        } else if (waiting.unmounting() && core.machine.enabled(Step.of(Action.UNMOUNT_BEGIN))) {
            next.add(Step.of(Action.UNMOUNT_BEGIN));
        }
        boolean sweepEnded = endsSweep;
        int sweeps = core.machine.sweeps();
        endsSweep = false;
        return new Change(() -> {
            core.meter.flushes.add(served.size());
            served.forEach(Completion::ended);
            certified.forEach(Completion::ended);
            if (sweepEnded) {
                core.tell(VolumeEvent.of(VolumeEvent.Kind.SWEEP_ENDED, "sweep " + sweeps + " has ended"));
            }
        }, next);
    }

    Change unmountEnd() {
        core.machine.unmountEnd();
        List<Completion> told = core.waiting.unmounted();
        told.addAll(core.waiting.certifyEnded());
        List<Completion> left = core.work.all();
        return new Change(() -> {
            told.forEach(Completion::ended);
            left.forEach(each -> each.failed(new IOException("the volume is unmounted")));
        }, List.of());
    }
}
