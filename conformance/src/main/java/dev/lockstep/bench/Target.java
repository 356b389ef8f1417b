package dev.lockstep.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Something that takes writes and flushes, of many threads at once, and is measured. */
interface Target extends Closeable {

    /** The name that the result uses. */
    String name();

    /** Writes a direct buffer, from its position to its limit, to a place in bytes, and waits for it. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Makes everything durable that was written before. */
    void flush() throws IOException;

    /** Begins what the policy does from time to time to mark regions clean; nothing if there is no such thing. */
    default void beginSweep() {
    }

    /** Has what the sweep waits for come to an end. */
    default void endSweep() {
    }

    /** Waits until the sweep has ended. */
    default void awaitSweep() throws IOException {
    }

    /** What was done to the log and with forces up to now. */
    default Costs costs() {
        return Costs.NONE;
    }
}
