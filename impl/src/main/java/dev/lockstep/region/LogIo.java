package dev.lockstep.region;

/** Where the log's writer is in its cycle. Source: {@code logIo} in Mirror.tla. */
public enum LogIo {
    /** Just opened: nothing that the log says is known to be durable. */
    STALE,
    /** Nothing under way. */
    IDLE,
    /** The bits are written, and not flushed. */
    WRITTEN,
    /** A flush is under way. */
    FLUSHING,
    /** A flush has failed: nothing more can be promised of the log. */
    FAILED
}
