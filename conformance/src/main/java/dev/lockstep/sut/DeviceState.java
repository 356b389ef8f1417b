package dev.lockstep.sut;

import java.io.IOException;

/** What the devices of a mirror hold: of one that runs, or in an image. Sets of contents, and of bits, are a long, a bit for each. */
interface DeviceState {

    /** The numbers of what the units of a leg hold, all as of one look. */
    int[] now(int leg) throws IOException;

    /** What a power cut may leave of it, a bit for each content. */
    long may(int leg, int unit);

    /** What may be left of it once the round's flush under way has ended; none if there is no flush. */
    long since(int leg, int unit);

    /** What may be left of it once the flush before a record has ended; none if there is no flush. */
    long recordSince(int leg, int unit);

    /** The bits that the log has, that of region r at r; every one dirty if it cannot be trusted. */
    long logNow() throws IOException;

    /** The set of bits that a power cut may leave. */
    long logMay();

    /** The set of bits that may be left once the flush under way has ended; none if there is no flush. */
    long logSince();
}
