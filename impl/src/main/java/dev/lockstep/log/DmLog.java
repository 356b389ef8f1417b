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
final class DmLog extends LogOfImage {

    private final ByteBuffer chunk = ByteBuffer.allocateDirect(DmLogFormat.CHUNK);

    /** Whether the leg holds a header that is right; guarded by this. */
    private boolean headerRight;

    private DmLog(Leg leg, LogContents found, boolean headerRight) {
        super(leg, found);
        this.headerRight = headerRight;
    }

    static DmLog create(Leg leg, LogImage image) throws IOException {
        DmLog log = new DmLog(leg, new LogContents(image, Optional.empty()), false);
        log.writeAll();
        log.beginFlush().await();
        return log;
    }

    static DmLog open(Leg leg, int regions) {
        LogContents found = LogContents.readDm(leg, regions);
        return new DmLog(leg, found, found.distrust().isEmpty());
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
    void writeRun(int run) throws IOException {
        int index = DmLogFormat.chunkOfRun(run);
        DmLogFormat.encodeChunk(image, index, chunk);
        writeChunk(index);
    }

    @Override
    void rewrite() throws IOException {
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
