package dev.lockstep.sut;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A leg with a simulated volatile cache around a real one: every write and every force goes through both. It keeps, for
 * each unit, the set of contents that a power cut may leave. Source: {@code now}, {@code may} and {@code since} of a
 * device in Mirror.tla.
 *
 * <p>Under replay this defines what is durable; whether the real leg's own force does its work is for the crash tiers to
 * show. Not thread-safe: a replay has one thread.
 */
public final class VolatileLeg extends ForwardingLeg {
    private final Contents contents;
    private final long[] may;
    private final long[] since;
    private final int[] now;

    /**
     * Around a real leg, in a state that it was left in.
     *
     * @param real     the real leg
     * @param contents the contents that are known of this device
     * @param now      what each unit holds
     * @param may      what a power cut may leave of each unit, a bit for each content
     */
    VolatileLeg(Leg real, Contents contents, int[] now, long[] may) {
        super(real);
        this.contents = contents;
        this.now = now.clone();
        this.may = may.clone();
        this.since = new long[now.length];
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        ByteBuffer written = from.duplicate();
        int unitBytes = contents.unitBytes();
        if (position % unitBytes != 0 || written.remaining() % unitBytes != 0) {
            throw new IllegalArgumentException(written.remaining() + " bytes at " + position + " of " + name()
                    + " are not whole units of " + unitBytes + " bytes");
        }
        super.write(from, position);
        int unit = (int) (position / unitBytes);
        while (written.hasRemaining()) {
            ByteBuffer bytes = written.slice(written.position(), unitBytes);
            now[unit] = contents.number(unit, bytes);
            may[unit] |= 1L << now[unit];
            if (since[unit] != 0) {
                since[unit] |= 1L << now[unit];
            }
            written.position(written.position() + unitBytes);
            unit++;
        }
    }

    @Override
    public Flush beginFlush() {
        for (int unit = 0; unit < since.length; unit++) {
            since[unit] = 1L << now[unit];
        }
        Flush begun = super.beginFlush();
        return () -> {
            begun.await();
            System.arraycopy(since, 0, may, 0, may.length);
            Arrays.fill(since, 0);
        };
    }

    /** What was last written to a unit. */
    int now(int unit) {
        return now[unit];
    }

    /** What a power cut may leave of a unit, a bit for each content. */
    long may(int unit) {
        return may[unit];
    }

    /** What may be left of a unit once the flush under way has ended; none if there is no flush. */
    long since(int unit) {
        return since[unit];
    }
}
