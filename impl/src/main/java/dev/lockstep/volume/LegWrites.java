package dev.lockstep.volume;

import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The shell's part that writes a write to its legs. A leg may be put out of use while it is being written; it is not {@linkplain
 * Core#quiet quiet} before that has ended, so that nothing old can reach it once it is in use again.
 */
final class LegWrites {
    private final Core core;

    LegWrites(Core core) {
        this.core = core;
    }

    /**
     * A write that is being written.
     *
     * @param number its number
     * @param write  what is written
     * @param legs   the legs that have to be written and are, a bit each
     * @param steps  the steps of those legs
     */
    record Begun(int number, InFlight write, int legs, List<Step> steps) {
    }

    /** Begins one {@code LegWrite}; null if it is not to be made any more: a leg that fails meanwhile may have ended the write. */
    Begun begin(Step step) {
        synchronized (core.lock) {
            return core.possible(step) ? begun(step.first(), 1 << step.second(), List.of(step)) : null;
        }
    }

    /** Begins all {@code LegWrite}s of a write, under the shell's lock; null if the steps are anything else. */
    Begun beginAll(List<Step> steps) {
        int legs = 0;
        for (Step step : steps) {
            if (step.action() != Action.LEG_WRITE || step.first() != steps.get(0).first()) {
                return null;
            }
            legs |= 1 << step.second();
        }
        return legs == 0 ? null : begun(steps.get(0).first(), legs, steps);
    }

    private Begun begun(int number, int legs, List<Step> steps) {
        core.writingBegun(legs);
        return new Begun(number, core.writes.get(number), legs, steps);
    }

    /** What has failed; the legs one after the other, as whoever waits for the write has one thread only. */
    List<LegIoException> write(Begun begun) throws IOException {
        List<LegIoException> failed = List.of();
        ByteBuffer memory = begun.write.memory().duplicate();
        for (int i = 0; i < begun.steps.size(); i++) {
            try {
                core.devices.write(begun.write, memory, begun.steps.get(i).second());
            } catch (LegIoException e) {
                failed = failed.isEmpty() ? new ArrayList<>() : failed;
                failed.add(e);
            }
        }
        return failed;
    }

    /**
     * Makes the steps {@code LegWrite} of the legs that have it.
     *
     * @param followed what follows at once, under the same lock
     */
    Change written(Begun begun, List<LegIoException> failed, UnaryOperator<Change> followed) {
        int missing = 0;
        for (LegIoException each : failed) {
            missing |= 1 << each.leg();
        }
        synchronized (core.lock) {
            core.writingEnded(begun.legs);
            List<Step> next = List.of();
            for (int i = 0; i < begun.steps.size(); i++) {
                Step step = begun.steps.get(i);
                if ((missing & 1 << step.second()) == 0 && core.possible(step)) {
                    // Only the last leg of a write has anything follow.
                    next = core.machine.legWrite(begun.number, step.second());
                }
            }
            return followed.apply(Change.of(next));
        }
    }
}
