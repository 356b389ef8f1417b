package dev.lockstep.sut;

import dev.lockstep.log.DirtyRegionLog;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * The device of a log under replay, in one of the formats: a real file, opened by the production code behind a simulated volatile
 * cache, and read back through a channel of the rig's own. Not thread-safe.
 */
interface LogDevice extends Closeable {

    /** Opens the log with the production code. */
    DirtyRegionLog open() throws IOException;

    /** Closes the file without a word to the mirror that has it open: it is dead. What it holds is kept, as volatile as it is. */
    void abandon() throws IOException;

    /** Puts an image of this device into the file of a log that nobody has open. */
    void load(LogDeviceImage image) throws IOException;

    /** What a kill would leave now: the file, as it is read back, and all that is volatile as volatile as it is. */
    LogDeviceImage image() throws IOException;

    /** The bits in the file, as it is read back. */
    long now() throws IOException;

    /** The set of bits that a power cut may leave. */
    long may();

    /** The set of bits that may be left once the flush under way has ended; none if there is no flush. */
    long since();

    /**
     * What is wrong with the device although its bits are as they should be, as a sentence. Looks also at what it held in the midst of
     * the step since this was asked last.
     *
     * @param promised whether the mirror takes all that it has written to be durable
     */
    Optional<String> fault(boolean promised) throws IOException;
}
