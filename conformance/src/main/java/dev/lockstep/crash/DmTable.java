package dev.lockstep.crash;

import java.util.List;

/** Lines of a device-mapper table, as dmsetup takes them. All lengths are in sectors of 512 bytes. */
final class DmTable {
    /** What dm-mirror takes for true when it finds no log: that every region is clean, or dirty. */
    enum FirstLog {
        /** The log is new, and the legs are known to be equal. */
        ALL_CLEAN,
        /** The log is there; were it not, every region would be dirty. */
        FOUND
    }

    /** How long a state of dm-flakey lasts, in seconds: longer than any run. */
    private static final int LONG = 86_400;

    private DmTable() {
    }

    /**
     * The kernel's mirror with a disk log, which handles errors.
     *
     * @param sectors       its length
     * @param log           the log's device
     * @param regionSectors the length of a region
     * @param first         what to make of the log
     * @param legs          the legs' devices; the first is the source of a resync
     */
    static String mirror(long sectors, String log, int regionSectors, FirstLog first, List<String> legs) {
        StringBuilder line = new StringBuilder("0 ").append(sectors).append(" mirror disk ")
                .append(first == FirstLog.ALL_CLEAN ? 3 : 2).append(' ').append(log).append(' ').append(regionSectors);
        if (first == FirstLog.ALL_CLEAN) {
            line.append(" nosync");
        }
        line.append(' ').append(legs.size());
        for (String leg : legs) {
            line.append(' ').append(leg).append(" 0");
        }
        return line.append(" 1 handle_errors").toString();
    }

    /**
     * A device whose writes take longer; its reads do not.
     *
     * @param sectors its length
     * @param device  the device below
     * @param millis  by how many milliseconds a write is held up
     */
    static String delay(long sectors, String device, int millis) {
        return "0 " + sectors + " delay " + device + " 0 0 " + device + " 0 " + millis;
    }

    /**
     * dm-flakey doing what it is told.
     *
     * @param sectors its length
     * @param device  the device below
     */
    static String flakeyUp(long sectors, String device) {
        return "0 " + sectors + " flakey " + device + " 0 " + LONG + " 0";
    }

    /**
     * dm-flakey dropping each write, and saying that it was written; flushes too.
     *
     * @param sectors its length
     * @param device  the device below
     */
    static String flakeyDropping(long sectors, String device) {
        return "0 " + sectors + " flakey " + device + " 0 0 " + LONG + " 1 drop_writes";
    }

    /**
     * dm-flakey failing each write.
     *
     * @param sectors its length
     * @param device  the device below
     */
    static String flakeyFailing(long sectors, String device) {
        return "0 " + sectors + " flakey " + device + " 0 0 " + LONG + " 1 error_writes";
    }
}
