package dev.lockstep.volume;

import dev.lockstep.region.Step;
import java.io.IOException;

/**
 * The shell's part that reads the legs chunk by chunk: to copy from the source, and to compare. The I/O is done without the lock, before
 * the machine makes the step.
 */
final class Chunks {
    private final Core core;

    Chunks(Core core) {
        this.core = core;
    }

    /**
     * What came of comparing the legs.
     *
     * @param sweep how many sweeps had been begun before the legs were read
     * @param out   the legs that were out of use then
     * @param equal whether those in use were equal
     */
    record Compared(int sweep, int out, boolean equal) {
        /** Of a step that compares nothing. */
        static final Compared NOTHING = new Compared(0, 0, true);
    }

    /** The I/O of {@code ResyncCopy}; none if the step is not to be made any more. */
    void copy(Step step) throws IOException {
        int region;
        int source;
        int leg = step.second();
        core.lock.lock();
        try {
            if (!core.possible(step)) {
                return;
            }
            region = core.machine.resyncRegion();
            source = core.machine.source();
            core.copyingBegun(leg);
        } finally {
            core.lock.unlock();
        }
        try {
            core.devices.copy(region, step.first(), source, leg);
        } finally {
            core.lock.lock();
            try {
                core.copyingEnded(leg);
            } finally {
                core.lock.unlock();
            }
        }
    }

    /** The I/O of {@code Compare}. */
    Compared compare(int region, int chunk) throws IOException {
        int sweep;
        int out;
        int source;
        core.lock.lock();
        try {
            sweep = core.machine.sweeps();
            out = core.machine.out();
            source = core.machine.source();
        } finally {
            core.lock.unlock();
        }
        return new Compared(sweep, out, core.devices.equal(region, chunk, out, source));
    }

    /**
     * Step {@code Compare}, under the shell's lock. What was read for an earlier sweep says nothing: a write may have come between the
     * reads, which has kicked the region out of that sweep. The sweep under way has offered a step of its own; so it has if a leg was put
     * out of use meanwhile.
     */
    Change compared(Step step, Compared found) {
        boolean counts = found.sweep == core.machine.sweeps() && found.out == core.machine.out();
        return counts ? Change.of(core.machine.compare(step.first(), step.second(), found.equal)) : Change.NONE;
    }
}
