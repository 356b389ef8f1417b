package dev.lockstep.sut;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A log in dm-mirror's format, as it is found by a reader who shares no code with the one who writes it: what is read here is the table at
 * {@link dev.lockstep.log.DmLogFormat}, of a log whose bits are in one sector.
 */
final class DmPage {
    private static final int SECTOR = 512;
    private static final int VERSION_AT = 4;
    private static final int REGIONS_AT = 8;
    private static final int UNUSED_AT = 16;
    private static final int BITS_AT = 1024;
    private static final int MAGIC = 0x4D695272;
    private static final int VERSION = 2;

    private DmPage() {
    }

    /** The length of a log of at most 64 regions, in bytes. */
    static int bytes() {
        return BITS_AT + SECTOR;
    }

    /** The bits, that of region r at r; every one dirty if the header is not right. */
    static long bits(ByteBuffer bytes, int regions) {
        return wrongHeader(bytes, regions).isPresent() ? 0 : littleEndian(bytes).getLong(BITS_AT) & used(regions);
    }

    /** What is wrong with a log that was written whole, as the end of a sentence. */
    static Optional<String> wrong(ByteBuffer bytes, int regions) {
        Optional<String> header = wrongHeader(bytes, regions);
        if (header.isPresent()) {
            return header;
        }
        ByteBuffer log = littleEndian(bytes);
        for (int at = UNUSED_AT; at < bytes(); at += Long.BYTES) {
            if ((log.getLong(at) & (at == BITS_AT ? ~used(regions) : -1L)) != 0) {
                return Optional.of("has something in the 8 bytes at " + at + " that is not used");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> wrongHeader(ByteBuffer bytes, int regions) {
        ByteBuffer log = littleEndian(bytes);
        if (log.getInt(0) != MAGIC || log.getInt(VERSION_AT) != VERSION || log.getLong(REGIONS_AT) != regions) {
            return Optional.of(String.format("begins with 0x%08X, is of version %d and of %d regions", log.getInt(0), log.getInt(VERSION_AT),
                    log.getLong(REGIONS_AT)));
        }
        return Optional.empty();
    }

    private static ByteBuffer littleEndian(ByteBuffer bytes) {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long used(int regions) {
        return -1L >>> Long.SIZE - regions;
    }
}
