package dev.lockstep.volume;

import dev.lockstep.region.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

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
     */
    record Begun(int number, InFlight write, int legs) {
    }

    /** Begins one {@code LegWrite}; null if it is not to be made any more: a leg that fails meanwhile may have ended the write. */
    Begun begin(Step step) {
        core.lock.lock();
        try {
            return core.possibleNow(step) ? begun(step.first(), core.writes.get(step.first()), 1 << step.second()) : null;
        } finally {
            core.lock.unlock();
        }
    }

    /** Begins all {@code LegWrite}s of a write that was issued. Under the shell's lock. */
    Begun beginAll(int number, InFlight write) {
        return begun(number, write, core.machine.legsTodo(number));
    }

    private Begun begun(int number, InFlight write, int legs) {
        core.writingBegun(write, legs);
        return new Begun(number, write, legs);
    }

    /** What has failed; the legs one after the other, as whoever waits for the write has one thread only. */
    List<LegIoException> write(Begun begun) throws IOException {
        List<LegIoException> failed = List.of();
        ByteBuffer memory = begun.write.memory().duplicate();
        for (int left = begun.legs; left != 0; left &= left - 1) {
            try {
                core.devices.write(begun.write, memory, Integer.numberOfTrailingZeros(left));
            } catch (LegIoException e) {
                failed = failed.isEmpty() ? new ArrayList<>() : failed;
                failed.add(e);
            }
        }
        return failed;
    }

    /**
     * Makes the steps {@code LegWrite} of the legs that have it. Under the shell's lock.
     *
     * @return the steps now possible
     */
    List<Step> written(Begun begun, List<LegIoException> failed) {
        int missing = 0;
        for (LegIoException each : failed) {
            missing |= 1 << each.leg();
        }
        core.writingEnded(begun.write, begun.legs);
        return core.stopped() ? List.of() : core.machine.legWrites(begun.number, begun.legs & ~missing);
    }
}
