package dev.lockstep.volume;

import dev.lockstep.region.Action;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The shell's part that serves reads. What a leg has right can be read whatever has become of writes: of a volume that has stopped
 * too. Thread-safe.
 */
final class Reads {
    private final Core core;
    private final Failover failover;

    Reads(Core core, Failover failover) {
        this.core = core;
        this.failover = failover;
    }

    /** Reads from one leg. */
    void from(int leg, ByteBuffer into, long position, int region) throws IOException {
        core.lock.lock();
        try {
            requireReadable();
            core.machine.quiescePutOff();
            if (!core.machine.mayRead(region, leg)) {
                throw new IllegalArgumentException("leg " + leg + " may not serve region " + region + ", which is "
                        + core.machine.state(region) + ((core.machine.out() & 1 << leg) == 0 ? "" : ": the leg is out of use"));
            }
        } finally {
            core.lock.unlock();
        }
        int length = into.remaining();
        look(into, position, leg);
        core.meter.read(length);
    }

    /** Reads from a leg, whatever the state of what is read. */
    void look(ByteBuffer into, long position, int leg) throws IOException {
        try {
            core.devices.read(into, position, leg);
        } catch (LegIoException e) {
            notice(e);
            throw e.said();
        }
    }

    /** Reads from the source, and where that fails from the other legs that may serve the region, each once. */
    void fromAny(ByteBuffer into, long position, int region) throws IOException {
        int from = into.position();
        int length = into.remaining();
        int tried = 0;
        IOException first = null;
        for (int leg = untried(region, tried); leg >= 0; leg = untried(region, tried)) {
            try {
                core.devices.read(into.position(from), position, leg);
                core.meter.read(length);
                return;
            } catch (LegIoException e) {
                notice(e);
                first = first == null ? e.said() : first;
                tried |= 1 << leg;
            }
        }
        throw first;
    }

    /** A leg that may serve a region and was not tried, the source before others; -1 if there is none. */
    private int untried(int region, int tried) throws IOException {
        core.lock.lock();
        try {
            requireReadable();
            int source = core.machine.source();
            if ((tried & 1 << source) == 0) {
                return source;
            }
            core.machine.quiescePutOff();
            for (int leg = 0; leg < core.devices.legs(); leg++) {
                if ((tried & 1 << leg) == 0 && core.machine.mayRead(region, leg)) {
                    return leg;
                }
            }
            return -1;
        } finally {
            core.lock.unlock();
        }
    }

    /** A leg that fails a read is put out of use, if that can be. It does not stop the volume if not: what others have right is right. */
    private void notice(LegIoException e) {
        core.offer(failover.notice(Action.NOTICE_FAILURE, e).next());
    }

    private void requireReadable() throws IOException {
        if (core.waiting.unmounting()) {
            throw new IOException("the volume is unmounted");
        }
    }
}
