package dev.lockstep.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One copy of a volume, or the place of its log: a run of bytes that is reached by position and has a volatile cache.
 *
 * <h2>What survives</h2>
 * This is the device of {@code Mirror.tla} (section "Devices": {@code Write}, {@code FlushBegun}, {@code FlushEnded}),
 * where the word block stands for a sector:
 * <ul>
 * <li>A read that begins after a write has returned sees that write.</li>
 * <li>A write that has returned survives the death of the process. It survives a power cut only once a flush that was
 *     <em>begun after it returned</em> has ended. Until then a power cut leaves, sector by sector, any content that
 *     the sector was given since its last flush, or the one it had at that flush.</li>
 * <li>A write that is under way when the process dies or the power fails, or that throws, leaves any subset of its
 *     sectors written. A sector is written whole or not at all.</li>
 * <li>Two writes under way at once that overlap leave, sector by sector, either content; two legs that are given the
 *     same two writes may well differ. A read that overlaps a write under way may see a mixture.</li>
 * <li>A {@linkplain #beginFlush() flush} covers the writes that had returned when it was begun, and no other.</li>
 * </ul>
 *
 * <h2>Failure</h2>
 * A write or a flush that failed at the device means that nobody knows what the device holds: the leg has then failed
 * for good, and each later write and each later wait for a flush throws at once. A flush is never tried again, as a
 * second one may succeed without having written what the first one lost. Reads may go on, but what they return need
 * not be durable. A request that cannot be carried out (beyond the end, on a read-only leg) is refused and fails
 * nothing.
 *
 * <h2>Threads</h2>
 * Any number of threads may use a leg at once. Interrupting a thread neither stops nor fails what it is doing here.
 */
public interface Leg extends Closeable {

    /** What a device writes whole or not at all, in bytes: one sector. The length of a leg is a multiple of it. */
    int SECTOR = 512;

    /**
     * The name for messages: the path as the user gave it.
     *
     * @return the name, never empty
     */
    String name();

    /**
     * The length, which never changes while the leg is open.
     *
     * @return the length in bytes, a positive multiple of {@link #SECTOR}
     */
    long length();

    /**
     * Fills the buffer, from its position to its limit.
     *
     * @param into     where the bytes go; its position is at its limit afterwards
     * @param position the first byte to read, counted from the leg's first
     * @throws IOException if the bytes do not lie in the leg, the leg is closed or the device fails; the buffer's
     *                     content and position are then undefined
     */
    void read(ByteBuffer into, long position) throws IOException;

    /**
     * Writes the buffer, from its position to its limit.
     *
     * <p>The memory of a direct buffer is read in place, at some time during the call and not all of it at once:
     * whoever changes it meanwhile decides with the device what is written. That is so on purpose, since a mirror's
     * legs read the page that is being written back each in its own time (the seed mail of 2008: "old version can be
     * written to one mirror leg, the new versions to the other mirror leg").
     *
     * @param from     the bytes; its position is at its limit afterwards
     * @param position where the first byte goes, counted from the leg's first
     * @throws IOException if the bytes do not lie in the leg, the leg is closed, read-only or has failed, or the device
     *                     fails; the buffer's position is then undefined
     */
    void write(ByteBuffer from, long position) throws IOException;

    /**
     * Begins a flush of every write that has returned before this call.
     *
     * <p>This does not fail: what goes wrong is told by {@link Flush#await()}.
     *
     * @return the flush under way
     */
    Flush beginFlush();

    /**
     * Gives the leg back; what was not flushed stays as volatile as it was. Closing a closed leg does nothing. Calls
     * that are under way in other threads end first or throw.
     *
     * @throws IOException if the operating system reports an error; the leg is closed all the same
     */
    @Override
    void close() throws IOException;
}
