package dev.lockstep.log;

import dev.lockstep.store.Leg;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The on-disk format of dm-log version 2, which Linux's dm-mirror reads and writes (drivers/md/dm-log.c). Pure
 * functions over buffers.
 *
 * <table>
 * <caption>The bytes of a log; all numbers are little-endian</caption>
 * <tr><th>offset</th><th>bytes</th><th>what</th></tr>
 * <tr><td>0</td><td>4</td><td>magic number 0x4D695272, the bytes {@code 72 52 69 4d}</td></tr>
 * <tr><td>4</td><td>4</td><td>version, 2</td></tr>
 * <tr><td>8</td><td>8</td><td>n, the number of regions</td></tr>
 * <tr><td>16</td><td>1008</td><td>not used: written as zeros, not looked at</td></tr>
 * <tr><td>1024</td><td>8 · ⌈n / 64⌉</td><td>a bit for each region, 1 = clean: region r is bit r mod 8, counted from the
 * lowest, of the byte at 1024 + r / 8. The bits beyond region n - 1 are written as 0 and taken as 0 (dirty)</td></tr>
 * <tr><td>then</td><td>to a full sector</td><td>not used: written as zeros, not looked at</td></tr>
 * </table>
 *
 * <p>There is one copy, and no checksum and no sequence number. So a header that is right does not prove that the bits
 * are: a log whose bits were damaged, or that was written for another volume with as many regions, is believed.
 *
 * <p>For writing, the log is cut into chunks of {@link #CHUNK} bytes, which the format does not know of: chunk 0 holds
 * the header and the first 24,576 regions, each other chunk 32,768 regions.
 */
public final class DmLogFormat {

    /** The magic number. */
    public static final int MAGIC = 0x4D695272;
    /** The version. */
    public static final int VERSION = 2;
    /** Where the bits begin, in bytes. */
    public static final int BITS_OFFSET = 1024;
    /** The unit in which a log is written, in bytes: one page of the page cache. */
    public static final int CHUNK = 4096;
    /** The bytes at the log's beginning that {@link #distrust} looks at. */
    public static final int HEADER_LENGTH = 16;

    private static final int VERSION_OFFSET = 4;
    private static final int REGIONS_OFFSET = 8;
    private static final int CHUNK_WORDS = CHUNK / Long.BYTES;
    private static final int BITS_WORD_OFFSET = BITS_OFFSET / Long.BYTES;
    private static final int CHUNK_RUNS = CHUNK / Leg.SECTOR;
    private static final int BITS_RUN_OFFSET = BITS_OFFSET / Leg.SECTOR;

    private DmLogFormat() {
    }

    /**
     * The length of a log, up to the last sector that it uses. dm-mirror asks for as many of the log device's logical
     * blocks as hold that, so on a device with blocks of 4 KiB it asks for the next multiple of 4096.
     *
     * @param regions how many regions, at least 1
     * @return the length in bytes, a multiple of {@link Leg#SECTOR}
     * @throws IllegalArgumentException if there is less than one region
     */
    public static long requiredLength(int regions) {
        long used = BITS_OFFSET + (long) LogImage.words(regions) * Long.BYTES;
        return (used + Leg.SECTOR - 1) / Leg.SECTOR * Leg.SECTOR;
    }

    /**
     * Why a log with this header cannot be the log of a volume.
     *
     * @param log     the log's first bytes, at least {@link #HEADER_LENGTH}, from the buffer's index 0 to its limit;
     *                the buffer's position and byte order are neither used nor changed
     * @param regions the volume's number of regions
     * @return what was found and what was expected, as the rest of a sentence that begins with the log's name; empty
     *         if the header is in order
     */
    public static Optional<String> distrust(ByteBuffer log, int regions) {
        int magic = littleEndian(log, log.getInt(0));
        int version = littleEndian(log, log.getInt(VERSION_OFFSET));
        long count = littleEndian(log, log.getLong(REGIONS_OFFSET));
        if (magic != MAGIC) {
            return Optional.of(String.format("begins with the number 0x%08X; expected 0x%08X, as in a log of dm-mirror",
                    magic, MAGIC));
        } else if (version != VERSION) {
            return Optional.of("is a log of version " + Integer.toUnsignedString(version) + "; expected version "
                    + VERSION);
        } else if (count != regions) {
            return Optional.of("is a log of " + Long.toUnsignedString(count) + " regions; expected " + regions
                    + ", as the volume has");
        }
        return Optional.empty();
    }

    /**
     * The bytes of a log, whole.
     *
     * @param image the bits
     * @return a new buffer of {@link #requiredLength} bytes, to be read from index 0 on, in little-endian order
     */
    public static ByteBuffer encode(LogImage image) {
        // The largest number of regions that an int can hold takes 256 MiB: it fits.
        ByteBuffer log = ByteBuffer.allocate((int) requiredLength(image.regions())).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        for (int i = 0; i < chunks(image.regions()); i++) {
            encodeChunk(image, i, chunk);
            log.put(chunk);
        }
        return log.flip();
    }

    /** The number of chunks; the last one may be shorter than {@link #CHUNK}. */
    static int chunks(int regions) {
        return (int) ((requiredLength(regions) - 1) / CHUNK) + 1;
    }

    /** The chunk that holds a run of regions. */
    static int chunkOfRun(int run) {
        return (BITS_RUN_OFFSET + run) / CHUNK_RUNS;
    }

    /** The first run of regions that a chunk holds. */
    static int firstRun(int chunk) {
        return Math.max(0, chunk * CHUNK_RUNS - BITS_RUN_OFFSET);
    }

    /** How many bytes of a chunk are used. */
    static int chunkLength(int regions, int chunk) {
        return (int) Math.min(CHUNK, requiredLength(regions) - (long) chunk * CHUNK);
    }

    /** Puts a chunk, header included if it is the first, into a buffer of {@link #CHUNK} bytes, from 0 to its limit. */
    static void encodeChunk(LogImage image, int chunk, ByteBuffer into) {
        int end = chunkLength(image.regions(), chunk);
        int words = LogImage.words(image.regions());
        int first = chunk * CHUNK_WORDS - BITS_WORD_OFFSET;
        into.clear().order(ByteOrder.LITTLE_ENDIAN).limit(end);
        for (int i = 0; i < end / Long.BYTES; i++) {
            int word = first + i;
            into.putLong(i * Long.BYTES, word >= 0 && word < words ? image.word(word) : 0);
        }
        if (chunk == 0) {
            into.putInt(0, MAGIC).putInt(VERSION_OFFSET, VERSION).putLong(REGIONS_OFFSET, image.regions());
        }
    }

    /** Takes the bits of a chunk from a buffer that holds it from index 0 on. */
    static void decodeChunk(ByteBuffer from, int chunk, LogImage image) {
        int first = chunk * CHUNK_WORDS - BITS_WORD_OFFSET;
        int end = Math.min(first + CHUNK_WORDS, LogImage.words(image.regions()));
        for (int word = Math.max(first, 0); word < end; word++) {
            image.setWord(word, littleEndian(from, from.getLong((word - first) * Long.BYTES)));
        }
    }

    private static int littleEndian(ByteBuffer buffer, int value) {
        return buffer.order() == ByteOrder.LITTLE_ENDIAN ? value : Integer.reverseBytes(value);
    }

    private static long littleEndian(ByteBuffer buffer, long value) {
        return buffer.order() == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value);
    }
}
