package dev.lockstep.log;

import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The dirty-region log of a volume, on a leg of its own, in {@linkplain DmLogFormat dm-log's format version 2}.
 *
 * <p>Its user turns bits in the {@link #image()} and calls {@link #write()}, which brings the leg to it ({@code
 * LogWrite} in {@code Mirror.tla}; disk_flush, rw_header), then {@link #beginFlush()} and {@link Flush#await()} ({@code
 * LogFlushBegin}, {@code LogFlushEnd}).
 *
 * <h2>What survives</h2>
 * <ul>
 * <li>A write that is cut off may be torn between sectors: each region's bit is then the one before or the one after,
 *     and so it is until the flush has ended.</li>
 * <li>Nothing is durable before a flush that was begun after the write had returned has ended.</li>
 * <li>What was found at {@linkplain #open opening} need not be durable either. Hence the first write after opening
 *     writes every chunk, whatever was turned: once it has been flushed, what the image says is what a crash leaves,
 *     and only then may a region be trusted to be "already dirty".</li>
 * <li>A log that could not be trusted is made good by that first write: header voided, flush, bits, flush, header. Cut
 *     off anywhere, it leaves a log that cannot be trusted, or a whole one; never a header over bits that were lying
 *     about. {@link #create} goes the same way.</li>
 * </ul>
 * After a write has thrown, each of its bits may be old or new. The image keeps what it holds, and what has not been
 * written stays to be written, should the leg take another write.
 *
 * <p>Writes exclude each other and may come from any thread; the image is the user's to guard. The leg is the user's
 * to close.
 */
public final class DirtyRegionLog {

    private final Leg leg;
    private final LogImage image;
    private final Optional<String> distrust;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(DmLogFormat.CHUNK);

    /** Whether the leg holds a header that is right; guarded by this. */
    private boolean headerRight;
    /** Whether every chunk has been written since opening; guarded by this. */
    private boolean rewritten;

    private DirtyRegionLog(Leg leg, LogImage image, Optional<String> distrust, boolean headerRight) {
        this.leg = leg;
        this.image = image;
        this.distrust = distrust;
        this.headerRight = headerRight;
    }

    /**
     * Makes a log over whatever the leg holds, and flushes it.
     *
     * @param leg   where
     * @param image the first bits ({@link LogImage#allDirty}, {@link LogImage#allClean}); the log keeps it
     * @return the log, durable and {@linkplain #distrust() trusted}
     * @throws StoreException if the leg is too short, and then nothing was written
     * @throws IOException    if the leg fails
     */
    public static DirtyRegionLog create(Leg leg, LogImage image) throws IOException {
        DirtyRegionLog log = new DirtyRegionLog(leg, image, Optional.empty(), false);
        log.writeAll();
        log.beginFlush().await();
        return log;
    }

    /**
     * Opens a log: reads it, and changes nothing. A log that cannot be read or trusted opens with every region dirty.
     *
     * @param leg     where
     * @param regions the volume's number of regions, at least 1
     * @return the log
     */
    public static DirtyRegionLog open(Leg leg, int regions) {
        LogContents found = LogContents.read(leg, regions);
        return new DirtyRegionLog(leg, found.image(), found.distrust(), found.distrust().isEmpty());
    }

    /**
     * The bits that the log is to have: after opening those that were found, from then on what the user turns them to.
     *
     * @return always the same image
     */
    public LogImage image() {
        return image;
    }

    /**
     * Why the log could not be trusted when it was opened.
     *
     * @return one sentence, or empty if it could be trusted
     */
    public Optional<String> distrust() {
        return distrust;
    }

    /**
     * Whether {@link #write()} has something to write: the log was not written since it was opened, or a bit was turned
     * ({@code logIo = "stale"} or {@code bit # log.now} in {@code Mirror.tla}).
     *
     * @return true if there is something
     */
    public synchronized boolean needsWrite() {
        return !rewritten || image.isChanged();
    }

    /**
     * Writes the chunks in which a bit was turned, each with one write of at most {@link DmLogFormat#CHUNK} bytes, in
     * ascending order; with them nothing but the header, which shares a chunk with the first regions. The first time
     * after opening it writes everything. Nothing of it is durable before a flush.
     *
     * @throws IOException if the leg is too short or fails
     */
    public synchronized void write() throws IOException {
        if (!rewritten) {
            writeAll();
            return;
        }
        for (int i = image.nextChangedChunk(0); i >= 0; i = image.nextChangedChunk(i + 1)) {
            DmLogFormat.encodeChunk(image, i, chunk);
            writeChunk(i);
        }
    }

    /**
     * Writes header and bits whole, changed or not. Nothing of it is durable before a flush.
     *
     * @throws StoreException if the leg is too short, and then nothing was written
     * @throws IOException    if the leg fails
     */
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

    /**
     * Begins a flush of the log's leg.
     *
     * @return the flush; once it has ended, every write of this log that had returned by now is durable
     */
    public Flush beginFlush() {
        return leg.beginFlush();
    }

    /** Writes what the buffer holds of a chunk, from its position on. */
    private void writeChunk(int index) throws IOException {
        leg.write(chunk, (long) index * DmLogFormat.CHUNK + chunk.position());
        image.chunkWritten(index);
    }
}
