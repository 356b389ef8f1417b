package dev.lockstep.sut;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

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
    private final int[] now;
    /** The flushes under way, in the order in which they were begun, each with what may be left once it has ended. */
    private final List<long[]> flushes = new ArrayList<>();
    /** The one of them that comes before a record, which was begun last; or null. */
    private long[] ofRecord;
    private boolean gone;
    private boolean flushFails;
    private boolean forRecord;

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
    }

    /** Whether it does not answer: whatever is asked of it then fails. */
    void gone(boolean fails) {
        gone = fails;
    }

    /** The next flush that is waited for fails, and is over. */
    void failFlush() {
        flushFails = true;
    }

    /** Whether flushes that begin from now on come before a record; else they are a round's. */
    void flushesForRecord(boolean record) {
        forRecord = record;
    }

    /** The flushes under way are not waited for any more: nobody will know whether they have ended. */
    void cutFlushOff() {
        flushes.clear();
    }

    /** The flush before a record is not waited for any more. */
    void cutRecordFlushOff() {
        flushes.remove(ofRecord);
    }

    /** It answers again, and its cache was lost: this is what it has. */
    void lost(int[] kept) {
        for (int unit = 0; unit < kept.length; unit++) {
            now[unit] = kept[unit];
            may[unit] = 1L << kept[unit];
        }
        flushes.clear();
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        requireThere();
        super.read(into, position);
    }

    private void requireThere() throws IOException {
        if (gone) {
            throw new IOException(name() + ": does not answer");
        }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        requireThere();
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
            for (long[] since : flushes) {
                since[unit] |= 1L << now[unit];
            }
            written.position(written.position() + unitBytes);
            unit++;
        }
    }

    @Override
    public Flush beginFlush() {
        long[] since = new long[now.length];
        for (int unit = 0; unit < since.length; unit++) {
            since[unit] = 1L << now[unit];
        }
        if (forRecord) {
            ofRecord = since;
        }
        flushes.add(since);
        Flush begun = super.beginFlush();
        return () -> {
            try {
                requireThere();
                if (flushFails) {
                    flushFails = false;
                    throw new IOException(name() + ": a flush failed");
                }
                begun.await();
                ended(since);
            } finally {
                flushes.remove(since);
            }
        };
    }

    /** What one flush has made durable, one that was begun before it need not: nothing else may be left when that one ends. */
    private void ended(long[] since) {
        System.arraycopy(since, 0, may, 0, may.length);
        for (long[] other : flushes) {
            if (other == since) {
                return;
            }
            System.arraycopy(since, 0, other, 0, other.length);
        }
    }

    /** What was last written to a unit. */
    int now(int unit) {
        return now[unit];
    }

    /** What a power cut may leave of a unit, a bit for each content. */
    long may(int unit) {
        return may[unit];
    }

    /** What may be left of a unit once the flush before a record has ended; none if there is no such flush. */
    long recordSince(int unit) {
        return flushes.contains(ofRecord) ? ofRecord[unit] : 0;
    }

    /** What may be left of a unit once the round's flush under way has ended; none if there is no such flush. */
    long since(int unit) {
        for (long[] each : flushes) {
            if (each != ofRecord) {
                return each[unit];
            }
        }
        return 0;
    }
}
