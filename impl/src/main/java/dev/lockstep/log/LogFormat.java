package dev.lockstep.log;

import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The formats in which a log can be kept. */
public enum LogFormat {
    /**
     * Lockstep's own: every page of bits in two copies, each with a sequence number, a checksum and
     * the identity of the volume; a crash leaves a page as it was or as it was to be; what is torn, damaged, cut short or of
     * another volume is noticed, and then every region is dirty. (An older copy of
     * the whole log is not noticed by the log alone.) See {@link HardenedFormat}.
     */
    HARDENED("hardened, version " + HardenedFormat.VERSION),
    /**
     * dm-log version 2, which Linux's dm-mirror can attach. Its guarantees are weaker: there is one copy without checksum,
     * sequence number or identity. What a crash leaves is right, bit by bit, if the device writes sectors whole; but bits
     * that were damaged, an older copy of the log and the log of another volume with as many regions are believed.
     */
    DM("dm-log version 2");

    private final String words;

    LogFormat(String words) {
        this.words = words;
    }

    /**
     * The name of the format for a reader.
     *
     * @return a few words
     */
    public String words() {
        return words;
    }

    /**
     * The length of a log.
     *
     * @param regions how many regions, at least 1
     * @return the length in bytes, a multiple of {@link Leg#SECTOR}
     * @throws IllegalArgumentException if there is less than one region
     */
    public long requiredLength(int regions) {
        return this == DM ? DmLogFormat.requiredLength(regions) : HardenedFormat.requiredLength(regions);
    }

    /**
     * The format of what a leg holds, be it in order or not: only the magic numbers are looked at. What is no log at all
     * counts as one of dm-mirror's, and what cannot be read too.
     *
     * @param leg where
     * @return the format
     */
    public static LogFormat of(Leg leg) {
        ByteBuffer sector = ByteBuffer.allocate(Leg.SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        for (int copy = 0; copy < HardenedFormat.COPIES; copy++) {
            long position = HardenedFormat.superblockPosition(copy);
            if (position + Leg.SECTOR > leg.length()) {
                return DM;
            }
            try {
                leg.read(sector.clear(), position);
            } catch (IOException e) {
                // A copy that cannot be read says nothing; the other may.
                continue;
            }
            if (copy == 0 && sector.getInt(0) == DmLogFormat.MAGIC) {
                // Behind a header of dm-mirror's lie bits, which may look like anything.
                return DM;
            }
            if (sector.getLong(0) == HardenedFormat.SUPERBLOCK_MAGIC) {
                return HARDENED;
            }
        }
        return DM;
    }
}
