package dev.lockstep.log;

import dev.lockstep.store.Flush;
import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.util.Optional;

/**
 * The dirty-region log of a volume, on a leg of its own, in one of two {@linkplain LogFormat formats}: the hardened one,
 * or dm-mirror's.
 *
 * <p>Its user turns bits in the {@link #image()} and calls {@link #write()}, which brings the leg to it ({@code
 * LogWrite} in {@code Mirror.tla}; disk_flush, rw_header), then {@link #beginFlush()} and {@link Flush#await()} ({@code
 * LogFlushBegin}, {@code LogFlushEnd}).
 *
 * <h2>What survives</h2>
 * <ul>
 * <li>A write that is cut off may be torn between sectors. In the hardened format a page of 28,672 regions is then as it
 *     was before or as it was to be; in dm-mirror's each region's bit is the one before or the one after. So it is until
 *     the flush has ended.</li>
 * <li>Nothing is durable before a flush that was begun after the write had returned has ended.</li>
 * <li>What was found at {@linkplain #open opening} need not be durable either. Hence the first write after opening
 *     writes everything, whatever was turned: once it has been flushed, what the image says is what a crash leaves, and
 *     only then may a region be trusted to be "already dirty".</li>
 * <li>A log that could not be trusted is made good by that first write: voided, flush, bits, flush, header. Cut off
 *     anywhere, it leaves a log that cannot be trusted, or a whole one; never a header over bits that were lying about.
 *     Creating one goes the same way.</li>
 * </ul>
 * After a write has thrown, what it was to write may be old or new. The image keeps what it holds, and what has not been
 * written stays to be written, should the leg take another write.
 *
 * <p>Writes exclude each other and may come from any thread; the image is the user's to guard. The leg is the user's to
 * close.
 */
public sealed interface DirtyRegionLog permits LogOfImage {

    /**
     * Makes a hardened log over whatever the leg holds, and flushes it.
     *
     * @param leg        where
     * @param superblock what the log is to say of its volume
     * @param image      the first bits ({@link LogImage#allDirty}, {@link LogImage#allClean}); the log keeps it
     * @return the log, durable and {@linkplain #distrust() trusted}
     * @throws IllegalArgumentException if image and superblock have different numbers of regions
     * @throws StoreException           if the leg is too short, and then nothing was written
     * @throws IOException              if the leg fails
     */
    static DirtyRegionLog create(Leg leg, Superblock superblock, LogImage image) throws IOException {
        return HardenedLog.create(leg, superblock, image);
    }

    /**
     * Makes a log in dm-mirror's format over whatever the leg holds, and flushes it.
     *
     * @param leg   where
     * @param image the first bits; the log keeps it
     * @return the log, durable and {@linkplain #distrust() trusted}
     * @throws StoreException if the leg is too short, and then nothing was written
     * @throws IOException    if the leg fails
     */
    static DirtyRegionLog create(Leg leg, LogImage image) throws IOException {
        return DmLog.create(leg, image);
    }

    /**
     * Opens a log of either format: reads it, and changes nothing. A log that cannot be read or trusted opens with every
     * region dirty; if it is a hardened one, it cannot then be written, as nobody has said which volume it is to be of.
     *
     * @param leg     where
     * @param regions the volume's number of regions, at least 1
     * @return the log
     */
    static DirtyRegionLog open(Leg leg, int regions) {
        return LogFormat.of(leg) == LogFormat.HARDENED ? HardenedLog.open(leg, regions) : DmLog.open(leg, regions);
    }

    /**
     * Opens the hardened log of a volume: reads it, and changes nothing. A log that cannot be read or trusted, such as one
     * of another volume or of another number of regions, opens with every region dirty.
     *
     * @param leg    where
     * @param volume the volume that it has to be the log of; if it cannot be trusted, what it is to say from its first
     *               write on
     * @return the log
     */
    static DirtyRegionLog open(Leg leg, Superblock volume) {
        return HardenedLog.open(leg, volume);
    }

    /**
     * The format.
     *
     * @return the format that the log is written in
     */
    LogFormat format();

    /**
     * What a hardened log says of its volume.
     *
     * @return the superblock; empty in dm-mirror's format, and if it was lost and nobody has said what it is to be
     */
    Optional<Superblock> superblock();

    /**
     * The bits that the log is to have: after opening those that were found, from then on what the user turns them to.
     *
     * @return always the same image
     */
    LogImage image();

    /**
     * Why the log could not be trusted when it was opened.
     *
     * @return one sentence, or empty if it could be trusted
     */
    Optional<String> distrust();

    /**
     * Whether {@link #write()} has something to write: the log was not written since it was opened, or a bit was turned
     * ({@code logIo = "stale"} or {@code bit # log.now} in {@code Mirror.tla}).
     *
     * @return true if there is something
     */
    boolean needsWrite();

    /**
     * Writes what was turned, in pieces of at most 4 KiB ({@link DmLogFormat#CHUNK}, {@link HardenedFormat#PAGE}), in
     * ascending order, and nothing else. The first time after opening it writes everything. Nothing of it is durable before
     * a flush.
     *
     * @throws IOException if the leg is too short or fails
     */
    void write() throws IOException;

    /**
     * Writes all bits, changed or not, and what is missing of the rest. Nothing of it is durable before a flush.
     *
     * @throws StoreException if the leg is too short, and then nothing was written
     * @throws IOException    if the leg fails
     */
    void writeAll() throws IOException;

    /**
     * Writes what a hardened log says of its volume, and nothing else; if the log could not be trusted, that and all its bits. Nothing
     * of it is durable before a flush; a crash until then leaves this or what was there before.
     *
     * @param superblock what it is to say; of the same volume
     * @throws UnsupportedOperationException if the log is in dm-mirror's format, which has no place for it
     * @throws IllegalArgumentException      if it is of another volume, or of one that is divided otherwise
     * @throws StoreException                if the leg is too short, and then nothing was written
     * @throws IOException                   if the leg fails
     */
    void describe(Superblock superblock) throws IOException;

    /**
     * Begins a flush of the log's leg.
     *
     * @return the flush; once it has ended, every write of this log that had returned by now is durable
     */
    Flush beginFlush();
}
