package dev.lockstep.store;

import java.io.IOException;

/**
 * A flush that was {@linkplain Leg#beginFlush() begun}: every write to its leg that had returned by then will be
 * durable once this flush has ended.
 *
 * <p>Begin and end are apart because they are two steps of {@code Mirror.tla} ({@code FlushBegun}, {@code FlushEnded}):
 * what is written between them need not survive. Safe for use by many threads.
 */
public interface Flush {

    /**
     * Waits until the flush has ended. An interrupt does not cut the wait short. Once this has returned it may be
     * called again and returns at once.
     *
     * @throws IOException if the leg has failed or is closed: then nothing is known to be durable that was not before
     */
    void await() throws IOException;
}
