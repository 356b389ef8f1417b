package dev.lockstep.volume;

import dev.lockstep.region.Step;
import java.nio.ByteBuffer;
import java.util.List;

/** The shell's part that deals with writes and discards in flight. */
final class Writes {
    private final Core core;
    private final Buffers copies = new Buffers();
    private final Zeroes zeroes = new Zeroes();

    Writes(Core core) {
        this.core = core;
    }

    /** A copy of what a caller's memory holds now. */
    ByteBuffer copy(ByteBuffer memory) {
        int length = memory.remaining();
        return copies.take(length).put(0, memory, memory.position(), length);
    }

    /** A write of a caller's memory, or of a copy that was made of it, which is given back at its end. */
    static InFlight of(ByteBuffer memory, long position, boolean copied, Completion ended) {
        return new InFlight(position, memory.remaining(), memory, false, copied, ended);
    }

    InFlight ofDiscard(long position, int length, Completion ended) {
        return new InFlight(position, length, zeroes.ofAtMost(length), true, false, ended);
    }

    /**
     * Submits a write that has a number, unless it has to wait. Under the shell's lock.
     *
     * @param held whether a hold of its region concerns it
     * @return the steps now possible
     */
    List<Step> take(InFlight write, int number, int region, boolean held) {
        if (held && core.work.holds(region)) {
            core.work.defer(region, number);
            return List.of();
        }
        return submit(write, number, region);
    }

    /** Step {@code Submit} of a write that has waited. Under the shell's lock. */
    List<Step> submit(int number, int region) {
        return submit(core.writes.get(number), number, region);
    }

    private List<Step> submit(InFlight write, int number, int region) {
        core.work.touched(region);
        return core.machine.submit(number, region, Layout.extent(write.position(), write.length()));
    }

    /** Step {@code EndWrite}. Under the shell's lock. */
    Change end(int number) {
        List<Step> next = core.machine.endWrite(number);
        InFlight write = core.ended(number);
        core.meter.written(write, number);
        List<Completion> drained = core.work.drained(core.machine);
        return new Change(() -> {
            if (write.copied()) {
                copies.give(write.memory());
            }
            write.ended().ended();
            drained.forEach(Completion::ended);
        }, next);
    }

    /** What the legs read for a write, read-only; null if there is no such write. */
    ByteBuffer memoryOf(int number) {
        core.lock.lock();
        try {
            InFlight found = core.writes.get(number);
            return found == null ? null : found.memory().asReadOnlyBuffer();
        } finally {
            core.lock.unlock();
        }
    }
}
