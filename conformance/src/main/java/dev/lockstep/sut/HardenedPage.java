package dev.lockstep.sut;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A page of a hardened log, as it is found by a reader who shares no code with the one who writes it: what is read here is the table
 * at {@link dev.lockstep.log.HardenedFormat}. Immutable; two are equal if their bytes are.
 */
final class HardenedPage {
    /** The length of a page, in bytes. */
    static final int BYTES = 4096;

    private static final int VERSION = 2;
    private static final int SECTOR = 512;
    private static final int CHECKSUM = 12;
    private static final int VOLUME = 16;
    private static final int NUMBER = 32;
    private static final int INDEX = 40;
    private static final int REGIONS = 44;
    private static final int TURN = 48;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final Kind kind;
    /** Without the zeros at the end: there are far more pages than bytes that are something else. */
    private final byte[] bytes;
    private final int hash;
    private final String wrong;
    private final long number;
    private final boolean second;
    private final long bits;

    /**
     * Which page of which log a page has to be.
     *
     * @param index   0 for the superblock, 1 for the bits, of which there is one page here
     * @param regions how many regions the volume has, at most 64
     * @param volume  its identity
     */
    record Kind(int index, int regions, UUID volume) {
    }

    private HardenedPage(Kind kind, byte[] whole) {
        this.kind = kind;
        ByteBuffer page = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        wrong = wrong(page, kind);
        number = page.getLong(NUMBER);
        second = page.getLong(TURN) == 2;
        bits = kind.index == 0 ? 0 : page.getLong(SECTOR) ^ number * FACTOR;
        int end = whole.length;
        while (end > 0 && whole[end - 1] == 0) {
            end--;
        }
        bytes = Arrays.copyOf(whole, end);
        hash = Arrays.hashCode(bytes);
    }

    /**
     * Reads a page.
     *
     * @param bytes its bytes, from position to limit; left as they were
     */
    static HardenedPage of(Kind kind, ByteBuffer bytes) {
        byte[] whole = new byte[BYTES];
        bytes.duplicate().get(whole);
        return new HardenedPage(kind, whole);
    }

    private static String wrong(ByteBuffer page, Kind kind) {
        byte[] magic = new byte[Long.BYTES];
        page.get(0, magic);
        String named = kind.index == 0 ? "LOCKSTEP" : "LOCKBITS";
        UUID volume = new UUID(page.getLong(VOLUME), page.getLong(VOLUME + Long.BYTES));
        if (!named.equals(new String(magic, StandardCharsets.US_ASCII))) {
            return "does not begin with " + named;
        } else if (page.getInt(CHECKSUM) != checksum(page)) {
            return "its checksum does not fit";
        } else if (page.getInt(Long.BYTES) != VERSION) {
            return "is of version " + page.getInt(Long.BYTES);
        } else if (!volume.equals(kind.volume) || page.getInt(REGIONS) != kind.regions) {
            return "is of volume " + volume + " with " + page.getInt(REGIONS) + " regions";
        } else if (page.getInt(INDEX) != kind.index || page.getLong(NUMBER) <= 0 || page.getLong(TURN) < 1 || page.getLong(TURN) > 2) {
            return "is page " + page.getInt(INDEX) + ", number " + page.getLong(NUMBER) + ", turn " + page.getLong(TURN);
        }
        return kind.index == 0 ? null : wrongBits(page, kind.regions);
    }

    /** One sector of bits is used, and there is a veil over all of it; behind it there are zeros. */
    private static String wrongBits(ByteBuffer page, int regions) {
        long veil = page.getLong(NUMBER) * FACTOR;
        if (((page.getLong(SECTOR) ^ veil) >>> regions - 1) >>> 1 != 0) {
            return "has a bit of a region that there is not";
        }
        for (int at = SECTOR + Long.BYTES; at < BYTES; at += Long.BYTES) {
            if (page.getLong(at) != (at < 2 * SECTOR ? veil : 0)) {
                return "has something behind its bits";
            }
        }
        return null;
    }

    private static int checksum(ByteBuffer page) {
        CRC32C crc = new CRC32C();
        crc.update(page.array(), 0, CHECKSUM);
        crc.update(new byte[Integer.BYTES], 0, Integer.BYTES);
        crc.update(page.array(), CHECKSUM + Integer.BYTES, BYTES - CHECKSUM - Integer.BYTES);
        return (int) crc.getValue();
    }

    /** Why nothing of it is believed, as the end of a sentence; empty if it is whole. */
    Optional<String> wrong() {
        return Optional.ofNullable(wrong);
    }

    boolean isWhole() {
        return wrong == null;
    }

    /** Its sequence number; of a page that is whole. */
    long number() {
        return number;
    }

    /** Whether it was written second, when the other copy was durable; of a page that is whole. */
    boolean isSecond() {
        return second;
    }

    /** Its bits, that of region r at r; of a page of bits that is whole. */
    long bits() {
        return bits;
    }

    /** A new buffer with all its bytes. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, BYTES));
    }

    /** What a write of another page over this one leaves that was cut off after its first sector, or before it. */
    HardenedPage torn(HardenedPage other, boolean firstSectorWritten) {
        byte[] mixed = bytes().array();
        byte[] its = other.bytes().array();
        int from = firstSectorWritten ? 0 : SECTOR;
        System.arraycopy(its, from, mixed, from, firstSectorWritten ? SECTOR : BYTES - SECTOR);
        return new HardenedPage(kind, mixed);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof HardenedPage page && hash == page.hash && Arrays.equals(bytes, page.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return wrong != null ? "not whole: " + wrong
                : "number " + number + (second ? ", second" : ", first") + (kind.index == 0 ? "" : ", bits " + Long.toBinaryString(bits));
    }
}
