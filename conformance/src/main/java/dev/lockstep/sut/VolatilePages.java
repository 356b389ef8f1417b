package dev.lockstep.sut;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The place of a hardened log with a simulated volatile cache around a real one, as {@link VolatileLeg} is one of a leg: every write and
 * every force goes through both. Of each page it keeps the set of contents that a power cut may leave; a page with more than one may
 * also be left torn. Not thread-safe.
 */
final class VolatilePages extends ForwardingLeg {
    private final HardenedPage.Kind[] kinds;
    private final Runnable changed;
    private final HardenedPage[] now;
    private final HardenedPage[][] may;
    /** The flushes under way, in the order in which they were begun, each with what may be left once it has ended. */
    private final List<HardenedPage[][]> flushes = new ArrayList<>();

    /**
     * Around a real leg, in a state that it was left in.
     *
     * @param kinds   what each page is
     * @param image   what each holds, and what a power cut may leave of it
     * @param changed told after each change
     */
    VolatilePages(Leg real, HardenedPage.Kind[] kinds, HardenedLogImage image, Runnable changed) {
        super(real);
        this.kinds = kinds;
        this.changed = changed;
        this.now = image.pages().clone();
        this.may = image.sets().clone();
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        ByteBuffer written = from.duplicate();
        super.write(from, position);
        long at = position;
        while (written.hasRemaining()) {
            int page = (int) (at / HardenedPage.BYTES);
            int offset = (int) (at % HardenedPage.BYTES);
            int length = Math.min(written.remaining(), HardenedPage.BYTES - offset);
            written(page, now[page].bytes().put(offset, written, written.position(), length));
            written.position(written.position() + length);
            at += length;
        }
    }

    private void written(int page, ByteBuffer bytes) {
        now[page] = HardenedPage.of(kinds[page], bytes);
        may[page] = PageSets.with(may[page], now[page]);
        for (HardenedPage[][] since : flushes) {
            since[page] = PageSets.with(since[page], now[page]);
        }
        changed.run();
    }

    @Override
    public Flush beginFlush() {
        HardenedPage[][] since = PageSets.only(now);
        flushes.add(since);
        Flush begun = super.beginFlush();
        return () -> {
            try {
                begun.await();
                ended(since);
            } finally {
                flushes.removeIf(each -> each == since);
            }
            changed.run();
        };
    }

    /** What one flush has made durable, one that was begun before it need not: nothing else may be left when that one ends. */
    private void ended(HardenedPage[][] since) {
        System.arraycopy(since, 0, may, 0, may.length);
        for (HardenedPage[][] other : flushes) {
            if (other == since) {
                return;
            }
            System.arraycopy(since, 0, other, 0, other.length);
        }
    }

    /** What was last written to each page. */
    HardenedPage[] now() {
        return now;
    }

    /** What a power cut may leave of each page, but for torn ones; a copy. */
    HardenedPage[][] may() {
        return Arrays.copyOf(may, may.length);
    }

    /** The bits that may be left once the flush under way has ended; none if there is no flush. */
    long since() {
        return flushes.isEmpty() ? 0 : PageSets.readings(flushes.get(0), 0).asBits();
    }
}
