package dev.lockstep.region;

/** How far the record is of which legs are in use. Source: {@code recordIo} in Mirror.tla. */
public enum RecordIo {
    /** Nothing under way: what was recorded last is durable. */
    IDLE,
    /** The legs in use are being flushed, and then it is recorded. */
    BEGUN,
    /** A leg has failed that was to be recorded as in use: what a crash finds recorded is not known. */
    UNSURE
}
