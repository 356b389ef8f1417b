package dev.lockstep.validate;

import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A device with a simulated volatile cache: a power cut leaves of each sector any content that it was given since its last flush, or the one that
 * it had at that flush; this is the promise of {@link Leg}. A flush that has begun and was not waited for counts as one that came to nothing. It does not outlive the
 * opening of its file. A flush does not begin while a write is under way: one that had its memory's content before, and reached the cache later, would
 * be two steps of what is one in the specification. Thread-safe; two writes of one sector are not under way at once.
 */
final class CachingLeg extends ForwardingLeg {
    private final Leg leg;
    /** Of each sector that was written, what it may hold, the oldest first. Guarded by this, as is what is in it. */
    private final Map<Long, List<byte[]>> may = new HashMap<>();
    /** Writes share it; a flush that begins has it alone. */
    private final ReadWriteLock begins = new ReentrantReadWriteLock();

    CachingLeg(Leg leg) {
        super(leg);
        this.leg = leg;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        long end = position + from.remaining();
        synchronized (this) {
            for (long sector = position; sector < end; sector += SECTOR) {
                if (!may.containsKey(sector)) {
                    may.put(sector, new ArrayList<>(List.of(content(sector))));
                }
            }
        }
        begins.readLock().lock();
        try {
            leg.write(from, position);
            synchronized (this) {
                for (long sector = position; sector < end; sector += SECTOR) {
                    may.get(sector).add(content(sector));
                }
            }
        } finally {
            begins.readLock().unlock();
        }
    }

    private byte[] content(long sector) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(SECTOR);
        leg.read(bytes, sector);
        byte[] content = new byte[SECTOR];
        bytes.flip().get(content);
        return content;
    }

    @Override
    public Flush beginFlush() {
        Map<Long, byte[]> covered = covered();
        Flush flush = leg.beginFlush();
        return () -> {
            flush.await();
            flushed(covered);
        };
    }

    /** What was written last, of each sector. */
    private Map<Long, byte[]> covered() {
        Map<Long, byte[]> covered = new HashMap<>();
        begins.writeLock().lock();
        try {
            synchronized (this) {
                may.forEach((sector, contents) -> covered.put(sector, contents.get(contents.size() - 1)));
            }
        } finally {
            begins.writeLock().unlock();
        }
        return covered;
    }

    /** What was written before is not there any more, unless a flush that was begun later has ended before. */
    private synchronized void flushed(Map<Long, byte[]> covered) {
        covered.forEach((sector, content) -> {
            List<byte[]> contents = may.get(sector);
            for (int at = 0; at < contents.size(); at++) {
                if (contents.get(at) == content) {
                    contents.subList(0, at).clear();
                    return;
                }
            }
        });
    }

    /** The power is cut: the cache is lost, but for what is left of it by chance. Nothing may be under way. */
    synchronized void cut(SplittableRandom random) throws IOException {
        for (Map.Entry<Long, List<byte[]>> each : may.entrySet()) {
            List<byte[]> contents = each.getValue();
            byte[] left = contents.get(random.nextInt(contents.size()));
            leg.write(ByteBuffer.allocateDirect(SECTOR).put(left).flip(), each.getKey());
            contents.clear();
            contents.add(left);
        }
    }
}
