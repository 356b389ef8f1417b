package dev.lockstep.log;

import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A log in {@linkplain DmLogFormat dm-log's format version 2}. What is promised of it is told at {@link DirtyRegionLog};
 * less than of a hardened log: see {@link LogFormat#DM}.
 */
final class DmLog implements DirtyRegionLog {

    private final Leg leg;
    private final LogImage image;
    private final Optional<String> distrust;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(DmLogFormat.CHUNK);

    /** Whether the leg holds a header that is right; guarded by this. */
    private boolean headerRight;
    /** Whether every chunk has been written since opening; guarded by this. */
    private boolean rewritten;

    private DmLog(Leg leg, LogImage image, Optional<String> distrust, boolean headerRight) {
        this.leg = leg;
        this.image = image;
        this.distrust = distrust;
        this.headerRight = headerRight;
    }

    static DmLog create(Leg leg, LogImage image) throws IOException {
        DmLog log = new DmLog(leg, image, Optional.empty(), false);
        log.writeAll();
        log.beginFlush().await();
        return log;
    }

    static DmLog open(Leg leg, int regions) {
        LogContents found = LogContents.readDm(leg, regions);
        return new DmLog(leg, found.image(), found.distrust(), found.distrust().isEmpty());
    }

    @Override
    public LogFormat format() {
        return LogFormat.DM;
    }

    @Override
    public Optional<Superblock> superblock() {
        return Optional.empty();
    }

    @Override
    public LogImage image() {
        return image;
    }

    @Override
    public Optional<String> distrust() {
        return distrust;
    }

    @Override
    public synchronized boolean needsWrite() {
        return !rewritten || image.isChanged();
    }

    @Override
    public synchronized void write() throws IOException {
        if (!rewritten) {
            writeAll();
            return;
        }
        for (int run = image.nextChangedRun(0); run >= 0; run = image.nextChangedRun(run)) {
            int index = DmLogFormat.chunkOfRun(run);
            DmLogFormat.encodeChunk(image, index, chunk);
            writeChunk(index);
        }
    }

    @Override
    public synchronized void writeAll() throws IOException {
        if (leg.length() < DmLogFormat.requiredLength(image.regions())) {
            throw new StoreException(LogContents.tooShort(leg, image.regions()));
        }
        if (!headerRight) {
            leg.write(ByteBuffer.allocate(Leg.SECTOR), 0);
            leg.beginFlush().await();
        }
        for (int i = 0; i < DmLogFormat.chunks(image.regions()); i++) {
            DmLogFormat.encodeChunk(image, i, chunk);
            if (i == 0 && !headerRight) {
                chunk.position(Leg.SECTOR);
            }
            writeChunk(i);
        }
        if (!headerRight) {
            leg.beginFlush().await();
            DmLogFormat.encodeChunk(image, 0, chunk);
            leg.write(chunk.limit(Leg.SECTOR), 0);
            headerRight = true;
        }
        rewritten = true;
    }

    @Override
    public void describe(Superblock superblock) {
        throw new UnsupportedOperationException("a log of dm-mirror's says nothing of its volume");
    }

    @Override
    public Flush beginFlush() {
        return leg.beginFlush();
    }

    /** Writes what the buffer holds of a chunk, from its position on. */
    private void writeChunk(int index) throws IOException {
        leg.write(chunk, (long) index * DmLogFormat.CHUNK + chunk.position());
        image.runsWritten(DmLogFormat.firstRun(index), DmLogFormat.firstRun(index + 1));
    }
}
