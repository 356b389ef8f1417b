package dev.lockstep.volume;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LegNotRecordedException;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Membership;
import dev.lockstep.log.MembershipRecord;
import dev.lockstep.region.LogUpdate;
import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The legs and the log of a volume, and the I/O that a step does on them. It keeps no order: the machine sees to it that
 * a flush of the log or of a leg is begun, awaited and begun again one after the other.
 */
final class Devices {
    private final Layout layout;
    private final DirtyRegionLog log;
    private final MembershipRecord record;
    private final Meter meter;
    private final Buffers chunks = new Buffers();
    private final Flush[] legFlushes;
    /** Of each leg which use of it the flush was begun in. */
    private final int[] flushedUses;
    private final AtomicIntegerArray uses;
    private Flush logFlush;
    /** Replaced as a whole when a leg is, since threads use it that hold no lock. */
    private volatile List<Leg> legs;

    Devices(Layout layout, List<? extends Leg> legs, DirtyRegionLog log, MembershipRecord record, Meter meter) {
        this.layout = layout;
        this.legs = List.copyOf(legs);
        this.log = log;
        this.record = record;
        this.meter = meter;
        this.legFlushes = new Flush[legs.size()];
        this.flushedUses = new int[legs.size()];
        this.uses = new AtomicIntegerArray(legs.size());
    }

    /** How many legs there are. */
    int legs() {
        return legFlushes.length;
    }

    /** Which legs were in use when the volume was opened. */
    Membership found() {
        return record.found();
    }

    /** Begins to flush the legs in use, before that is recorded: the source may have what is durable on no other leg any more. */
    Flush[] beginRecordFlushes(Membership membership) {
        List<Leg> all = legs;
        Flush[] flushes = new Flush[all.size()];
        for (int leg = 0; leg < flushes.length; leg++) {
            if (!membership.isOut(leg)) {
                meter.legForces.increment();
                flushes[leg] = all.get(leg).beginFlush();
            }
        }
        return flushes;
    }

    void awaitRecordFlushes(Flush[] flushes) throws LegIoException {
        for (int leg = 0; leg < flushes.length; leg++) {
            if (flushes[leg] != null) {
                await(flushes[leg], leg, use(leg));
            }
        }
    }

    /** Makes it durable which legs are in use. */
    void record(Membership membership) throws IOException {
        try {
            record.write(membership);
        } catch (LegNotRecordedException e) {
            throw new LegIoException(e.leg(), use(e.leg()), e);
        }
    }

    /** How often a leg has come to use, or another to its place, since the volume was opened: what was asked of it before tells nothing of it now. */
    int use(int leg) {
        return uses.get(leg);
    }

    /** Takes another way to a leg that is out of use. */
    void replace(int leg, Leg opened) {
        uses.incrementAndGet(leg);
        List<Leg> all = new ArrayList<>(legs);
        all.set(leg, opened);
        legs = List.copyOf(all);
    }

    boolean cleanInLog(int region) {
        return log.image().isClean(region);
    }

    /** One cycle of the log's writer at a time: until its flush has begun, the image has no other user. */
    void writeLog(LogUpdate update) throws IOException {
        meter.logWrites.increment();
        LogImage image = log.image();
        if (update.allDirty()) {
            image.markAllDirty();
        }
        for (LogUpdate.Change change : update.changes()) {
            if (change.clean()) {
                image.markClean(change.region());
            } else {
                image.markDirty(change.region());
            }
        }
        if (update.whole()) {
            log.writeAll();
        } else {
            log.write();
        }
    }

    void beginLogFlush() {
        meter.logForces.increment();
        logFlush = log.beginFlush();
    }

    void awaitLogFlush() throws IOException {
        logFlush.await();
    }

    /** What had ended when the round was chosen is covered: a flush that begins later covers no less. Legs that are out have none. */
    void beginLegFlushes(int out) {
        for (int leg = 0; leg < legFlushes.length; leg++) {
            if ((out & 1 << leg) == 0) {
                meter.legForces.increment();
                flushedUses[leg] = use(leg);
                legFlushes[leg] = legs.get(leg).beginFlush();
            }
        }
    }

    void awaitLegFlush(int leg) throws IOException {
        await(legFlushes[leg], leg, flushedUses[leg]);
    }

    private static void await(Flush flush, int leg, int use) throws LegIoException {
        try {
            flush.await();
        } catch (IOException e) {
            throw new LegIoException(leg, use, e);
        }
    }

    void read(ByteBuffer into, long position, int leg) throws LegIoException {
        int use = use(leg);
        try {
            legs.get(leg).read(into, position);
        } catch (IOException e) {
            throw new LegIoException(leg, use, e);
        }
    }

    private void write(ByteBuffer from, long position, int leg) throws LegIoException {
        int use = use(leg);
        try {
            legs.get(leg).write(from, position);
        } catch (IOException e) {
            throw new LegIoException(leg, use, e);
        }
    }

    /** Writes a write to a leg, over again from the memory where that is shorter; the view of it is the caller's own. */
    void write(InFlight write, ByteBuffer view, int leg) throws LegIoException {
        int from = write.memory().position();
        int step = write.memory().remaining();
        for (int done = 0; done < write.length(); done += step) {
            write(view.limit(from + Math.min(step, write.length() - done)).position(from), write.position() + done, leg);
        }
    }

    /** Copies a chunk of a region from the source to a leg; of the last region there may be less than its chunks. */
    void copy(int region, int chunk, int source, int leg) throws IOException {
        long position = layout.position(region, chunk);
        int length = layout.chunkLength(position);
        if (length > 0) {
            ByteBuffer bytes = chunks.take(length);
            read(bytes, position, source);
            write(bytes.flip(), position, leg);
            meter.bytesResynced.add(length);
            chunks.give(bytes);
        }
    }

    /** Reads a chunk of a region from every leg in use; true if they are equal, as are those of a chunk that is not there. */
    boolean equal(int region, int chunk, int out, int source) throws IOException {
        long position = layout.position(region, chunk);
        int length = layout.chunkLength(position);
        if (length <= 0) {
            return true;
        }
        ByteBuffer ofSource = chunks.take(length);
        ByteBuffer other = chunks.take(length);
        read(ofSource, position, source);
        ofSource.flip();
        boolean equal = true;
        for (int leg = 0; leg < legs.size() && equal; leg++) {
            if (leg != source && (out & 1 << leg) == 0) {
                read(other.clear().limit(length), position, leg);
                equal = ofSource.equals(other.flip());
            }
        }
        chunks.give(ofSource);
        chunks.give(other);
        return equal;
    }
}
