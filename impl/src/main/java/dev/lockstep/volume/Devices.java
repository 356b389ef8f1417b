package dev.lockstep.volume;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.LogUpdate;
import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The legs and the log of a volume, and the I/O that a step does on them. It keeps no order: the machine sees to it that
 * a flush of the log or of a leg is begun, awaited and begun again one after the other.
 */
final class Devices {
    private final Layout layout;
    private final List<Leg> legs;
    private final DirtyRegionLog log;
    private final Meter meter;
    private final Buffers chunks = new Buffers();
    private final Flush[] legFlushes;
    private Flush logFlush;

    Devices(Layout layout, List<Leg> legs, DirtyRegionLog log, Meter meter) {
        this.layout = layout;
        this.legs = legs;
        this.log = log;
        this.meter = meter;
        this.legFlushes = new Flush[legs.size()];
    }

    boolean cleanInLog(int region) {
        return log.image().isClean(region);
    }

    /** One cycle of the log's writer at a time: until its flush has begun, the image has no other user. */
    void writeLog(LogUpdate update) throws IOException {
        meter.logWrites.increment();
        LogImage image = log.image();
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

    /** What had ended when the round was chosen is covered: a flush that begins later covers no less. */
    void beginLegFlushes() {
        for (int leg = 0; leg < legFlushes.length; leg++) {
            meter.legForces.increment();
            legFlushes[leg] = legs.get(leg).beginFlush();
        }
    }

    void awaitLegFlush(int leg) throws IOException {
        legFlushes[leg].await();
    }

    void read(ByteBuffer into, long position, int leg) throws IOException {
        legs.get(leg).read(into, position);
    }

    void write(InFlight write, int leg) throws IOException {
        int step = write.memory().remaining();
        for (int done = 0; done < write.length(); done += step) {
            ByteBuffer part = write.memory().duplicate();
            part.limit(part.position() + Math.min(step, write.length() - done));
            legs.get(leg).write(part, write.position() + done);
        }
    }

    /** Copies a chunk of a region from the source to a leg; of the last region there may be less than its chunks. */
    void copy(int region, int chunk, int leg) throws IOException {
        long position = position(region, chunk);
        int length = chunkLength(position);
        if (length > 0) {
            ByteBuffer bytes = chunks.take(length);
            read(bytes, position, layout.source());
            legs.get(leg).write(bytes.flip(), position);
            meter.bytesResynced.add(length);
            chunks.give(bytes);
        }
    }

    /** Reads a chunk of a region from every leg; true if they are equal, as are those of a chunk that is not there. */
    boolean equal(int region, int chunk) throws IOException {
        long position = position(region, chunk);
        int length = chunkLength(position);
        if (length <= 0) {
            return true;
        }
        ByteBuffer ofSource = chunks.take(length);
        ByteBuffer other = chunks.take(length);
        read(ofSource, position, layout.source());
        ofSource.flip();
        boolean equal = true;
        for (int leg = 0; leg < legs.size() && equal; leg++) {
            if (leg != layout.source()) {
                read(other.clear().limit(length), position, leg);
                equal = ofSource.equals(other.flip());
            }
        }
        chunks.give(ofSource);
        chunks.give(other);
        return equal;
    }

    private long position(int region, int chunk) {
        return (long) region * layout.regionBytes() + (long) chunk * layout.chunkBytes();
    }

    private int chunkLength(long position) {
        return (int) Math.min(layout.chunkBytes(), layout.bytes() - position);
    }
}
