package dev.lockstep.log;

import dev.lockstep.store.Leg;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The on-disk format of a hardened log. Pure functions over buffers.
 *
 * <p>A log consists of pages of {@link #PAGE} bytes: the superblock, and those of the bits, with {@link #PAGE_REGIONS}
 * regions each. Every page is there in {@link #COPIES} copies; how they are written, and why no crash makes an
 * old one be believed, is told at {@code HardenedLog}. First come the two of the superblock, then the copies 0 of all pages of
 * bits, then their copies 1.
 *
 * <table>
 * <caption>The bytes of a page; all numbers are little-endian</caption>
 * <tr><th>offset</th><th>bytes</th><th>what</th></tr>
 * <tr><td>0</td><td>8</td><td>magic number: the bytes {@code LOCKSTEP} of a superblock, {@code LOCKBITS} of bits</td></tr>
 * <tr><td>8</td><td>4</td><td>version, 2</td></tr>
 * <tr><td>12</td><td>4</td><td>CRC32C of the whole page, these four bytes taken as zeros</td></tr>
 * <tr><td>16</td><td>16</td><td>identity of the volume</td></tr>
 * <tr><td>32</td><td>8</td><td>sequence number of the page, from 1 on; the highest is the newest</td></tr>
 * <tr><td>40</td><td>4</td><td>index of the page: 0 is the superblock</td></tr>
 * <tr><td>44</td><td>4</td><td>n, the number of regions of the volume</td></tr>
 * <tr><td>48</td><td>8</td><td>2 if this copy was written second, when the other was durable with the same number; else 1</td></tr>
 * <tr><td>56</td><td>16</td><td>superblock: bytes of the volume (8), bytes of a region (4), source (2), slots for legs (2): 9</td></tr>
 * <tr><td>72</td><td>24</td><td>superblock: generation of the volume (8), slots out of use, a bit each (4), slots that hold no leg (4),
 * nonce of the generation (8)</td></tr>
 * <tr><td>96</td><td></td><td>superblock: for each slot the generation of its leg's label (8) and that one's nonce (8), 1 if the leg is
 * labelled (2), length of its path (2), the path in UTF-8</td></tr>
 * <tr><td>512</td><td>3584</td><td>bits: one for each region, 1 = clean, counted from the lowest of the first byte on, up to a full
 * sector; those beyond region n - 1 are written as 0 and taken as 0 (dirty). Each eight bytes are combined with a veil by
 * exclusive or: the sequence number times 0x9E3779B97F4A7C15</td></tr>
 * </table>
 * What is not named is written as zeros, and is under the checksum as all else. By the veil a sector of bits differs from that of
 * every other write: so what a torn write leaves is never an older page that happens to have the same bits.
 */
public final class HardenedFormat {

    /** The version. */
    public static final int VERSION = 2;
    /** The unit in which a log is written, in bytes: one page of the page cache. */
    public static final int PAGE = 4096;
    /** How many regions a page of bits has. */
    public static final int PAGE_REGIONS = (PAGE - Leg.SECTOR) * Byte.SIZE;
    /** How many copies there are of a page. */
    public static final int COPIES = 2;

    /** The bytes {@code LOCKSTEP}. */
    static final long SUPERBLOCK_MAGIC = 0x504554534B434F4CL;
    /** The bytes {@code LOCKBITS}. */
    static final long BITS_MAGIC = 0x535449424B434F4CL;
    /** What a slot takes in a superblock, beside its path. */
    static final int ENTRY = Generation.BYTES + 2 * Short.BYTES;

    private static final int VERSION_OFFSET = 8;
    static final int CHECKSUM_OFFSET = 12;
    private static final int VOLUME_OFFSET = 16;
    private static final int NUMBER_OFFSET = 32;
    private static final int INDEX_OFFSET = 40;
    private static final int REGIONS_OFFSET = 44;
    private static final int TURN_OFFSET = 48;
    private static final int BYTES_OFFSET = 56;
    private static final int REGION_BYTES_OFFSET = 64;
    private static final int SOURCE_OFFSET = 68;
    private static final int SLOTS_OFFSET = 70;
    private static final int GENERATION_OFFSET = 72;
    private static final int OUT_OFFSET = 80;
    private static final int ABSENT_OFFSET = 84;
    private static final int NONCE_OFFSET = 88;
    private static final int ENTRIES_OFFSET = 96;
    private static final long FIRST = 1;
    private static final long SECOND = 2;
    private static final int SECTOR_WORDS = Leg.SECTOR / Long.BYTES;
    private static final int PAGE_WORDS = PAGE_REGIONS / Long.SIZE;

    /** How many bytes the entries of all slots may take in a superblock. */
    static final int ROOM_FOR_LEGS = PAGE - ENTRIES_OFFSET;

    private HardenedFormat() {
    }

    /**
     * The length of a log.
     *
     * @param regions how many regions, at least 1
     * @return the length in bytes, a multiple of {@link #PAGE}
     * @throws IllegalArgumentException if there is less than one region
     */
    public static long requiredLength(int regions) {
        return (long) COPIES * PAGE * (1 + bitPages(regions));
    }

    /** The number of pages that hold the bits. */
    static int bitPages(int regions) {
        return (LogImage.words(regions) - 1) / PAGE_WORDS + 1;
    }

    /** The number of the page that holds a run of regions; the superblock is page 0. */
    static int pageOfRun(int run) {
        return 1 + run / (PAGE_REGIONS / LogImage.RUN);
    }

    /** The first run of regions that a page of bits holds. */
    static int firstRun(int page) {
        return (page - 1) * (PAGE_REGIONS / LogImage.RUN);
    }

    /** Where a copy of the superblock is, whatever the number of regions. */
    static long superblockPosition(int copy) {
        return (long) copy * PAGE;
    }

    /** Where a copy of a page is. */
    static long position(int regions, int page, int copy) {
        return page == 0 ? superblockPosition(copy)
                : (COPIES + (long) copy * bitPages(regions) + (page - 1)) * PAGE;
    }

    /** Puts a superblock into a buffer of {@link #PAGE} bytes, from 0 to its limit. */
    static void encode(Superblock superblock, long number, ByteBuffer into) {
        begin(into, SUPERBLOCK_MAGIC, superblock.volume(), number, 0, superblock.regions());
        into.putLong(BYTES_OFFSET, superblock.bytes()).putInt(REGION_BYTES_OFFSET, superblock.regionBytes())
                .putShort(SOURCE_OFFSET, (short) superblock.source()).putShort(SLOTS_OFFSET, (short) superblock.slots().size())
                .putLong(GENERATION_OFFSET, superblock.generation().number()).putLong(NONCE_OFFSET, superblock.generation().nonce())
                .putInt(OUT_OFFSET, superblock.membership().out()).putInt(ABSENT_OFFSET, superblock.membership().absent());
        into.position(ENTRIES_OFFSET);
        for (Superblock.LegEntry leg : superblock.slots()) {
            byte[] path = Superblock.utf8(leg.path());
            into.putLong(leg.generation().number()).putLong(leg.generation().nonce()).putShort((short) (leg.labelled() ? 1 : 0)).putShort((short) path.length).put(path);
        }
        seal(into);
    }

    /** Puts a page of bits into a buffer of {@link #PAGE} bytes, from 0 to its limit. */
    static void encode(LogImage image, UUID volume, int page, long number, ByteBuffer into) {
        begin(into, BITS_MAGIC, volume, number, page, image.regions());
        int first = (page - 1) * PAGE_WORDS;
        int words = LogImage.words(image.regions());
        for (int i = 0; i < veiledWords(words - first); i++) {
            into.putLong(Leg.SECTOR + i * Long.BYTES, (first + i < words ? image.word(first + i) : 0) ^ veil(number));
        }
        seal(into);
    }

    /** How many words of a page are veiled, if so many words of bits are left for it: whole sectors. */
    private static int veiledWords(int left) {
        return Math.min(PAGE_WORDS, (left + SECTOR_WORDS - 1) / SECTOR_WORDS * SECTOR_WORDS);
    }

    /** Differs for different numbers, as the factor is odd. */
    private static long veil(long number) {
        return number * 0x9E3779B97F4A7C15L;
    }

    private static void begin(ByteBuffer into, long magic, UUID volume, long number, int index,
            int regions) {
        into.clear().order(ByteOrder.LITTLE_ENDIAN).limit(PAGE);
        for (int i = 0; i < PAGE; i += Long.BYTES) {
            into.putLong(i, 0);
        }
        into.putLong(0, magic).putInt(VERSION_OFFSET, VERSION).putLong(VOLUME_OFFSET, volume.getMostSignificantBits())
                .putLong(VOLUME_OFFSET + Long.BYTES, volume.getLeastSignificantBits()).putLong(NUMBER_OFFSET, number)
                .putLong(TURN_OFFSET, FIRST).putInt(INDEX_OFFSET, index).putInt(REGIONS_OFFSET, regions);
    }

    private static void seal(ByteBuffer page) {
        page.putInt(CHECKSUM_OFFSET, checksum(page)).position(0);
    }

    /** The CRC32C of a page, the four bytes where it is put taken as zeros; a label has it at the same place. */
    static int checksum(ByteBuffer page) {
        CRC32C crc = new CRC32C();
        crc.update(page.duplicate().position(0).limit(CHECKSUM_OFFSET));
        crc.update(new byte[Integer.BYTES]);
        crc.update(page.duplicate().limit(PAGE).position(CHECKSUM_OFFSET + Integer.BYTES));
        return (int) crc.getValue();
    }

    /**
     * The superblock that a page holds.
     *
     * @param page its bytes from index 0 on, in little-endian order
     * @return the superblock; empty if it is not whole
     */
    static Optional<Superblock> superblock(ByteBuffer page) {
        if (!isWhole(page, SUPERBLOCK_MAGIC)) {
            return Optional.empty();
        }
        List<Superblock.LegEntry> slots = new ArrayList<>();
        ByteBuffer entries = page.duplicate().order(ByteOrder.LITTLE_ENDIAN).limit(PAGE).position(ENTRIES_OFFSET);
        try {
            for (int slot = 0; slot < page.getShort(SLOTS_OFFSET); slot++) {
                Generation generation = new Generation(entries.getLong(), entries.getLong());
                boolean labelled = entries.getShort() == 1;
                byte[] path = new byte[Math.min(Short.toUnsignedInt(entries.getShort()), entries.remaining())];
                entries.get(path);
                slots.add(new Superblock.LegEntry(new String(path, StandardCharsets.UTF_8), labelled, generation));
            }
            return Optional.of(new Superblock(volume(page), page.getLong(BYTES_OFFSET), page.getInt(REGION_BYTES_OFFSET),
                    new Generation(page.getLong(GENERATION_OFFSET), page.getLong(NONCE_OFFSET)), new Membership(page.getInt(OUT_OFFSET),
                    page.getShort(SOURCE_OFFSET), page.getInt(ABSENT_OFFSET)), slots));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            // Its checksum fits, and no Lockstep has written it.
            return Optional.empty();
        }
    }

    /** Whether some bytes are a whole page of bits: this one, of this volume. */
    static boolean isBits(ByteBuffer bytes, Superblock superblock, int page) {
        return isWhole(bytes, BITS_MAGIC) && volume(bytes).equals(superblock.volume()) && bytes.getInt(INDEX_OFFSET) == page
                && bytes.getInt(REGIONS_OFFSET) == superblock.regions();
    }

    /** The sequence number of a page that is whole. */
    static long number(ByteBuffer page) {
        return page.getLong(NUMBER_OFFSET);
    }

    /** Whether a page that is whole says that it was written second. */
    static boolean isSecond(ByteBuffer page) {
        return page.getLong(TURN_OFFSET) == SECOND;
    }

    /** Has a whole page say that it was written second, and leaves it to be read from 0 to its limit. */
    static void makeSecond(ByteBuffer page) {
        page.limit(PAGE).putLong(TURN_OFFSET, SECOND);
        seal(page);
    }

    /** Takes the bits of a whole page of them. */
    static void decode(ByteBuffer bytes, int page, LogImage image) {
        int first = (page - 1) * PAGE_WORDS;
        int end = Math.min(first + PAGE_WORDS, LogImage.words(image.regions()));
        for (int word = first; word < end; word++) {
            image.setWord(word, bytes.getLong(Leg.SECTOR + (word - first) * Long.BYTES) ^ veil(number(bytes)));
        }
    }

    private static boolean isWhole(ByteBuffer page, long magic) {
        return page.getLong(0) == magic && page.getInt(VERSION_OFFSET) == VERSION && number(page) > 0
                && page.getInt(CHECKSUM_OFFSET) == checksum(page);
    }

    /**
     * The version of a page that carries some magic number and whose checksum fits.
     *
     * @return the version; empty if it is not such a page
     */
    static OptionalInt version(ByteBuffer page, long magic) {
        return page.getLong(0) == magic && page.getInt(CHECKSUM_OFFSET) == checksum(page) ? OptionalInt.of(page.getInt(VERSION_OFFSET))
                : OptionalInt.empty();
    }

    private static UUID volume(ByteBuffer page) {
        return new UUID(page.getLong(VOLUME_OFFSET), page.getLong(VOLUME_OFFSET + Long.BYTES));
    }
}
