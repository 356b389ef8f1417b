package dev.lockstep.cache;

import dev.lockstep.region.LegsRead;
import java.nio.ByteBuffer;

/**
 * A page's own memory, in a program's hands: to be read and changed in place. The page stays in the cache until this is closed.
 *
 * <p>Who changes the memory calls {@link PageCache#markDirty} after, for each change; that it was changed nobody else sees.
 * {@link PageCache#pin} says what that means under each policy. Two threads that change the same bytes are for the program to
 * keep apart, as is one that changes them and one that reads them through the cache.
 *
 * <p>Thread-safe.
 */
public final class PagePin implements AutoCloseable {
    private final Changes changes;
    private final Page page;
    private boolean closed;

    PagePin(Changes changes, Page page) {
        this.changes = changes;
        this.page = page;
    }

    /** {@return the page, counted from the beginning of the volume} */
    public long page() {
        return page.number;
    }

    /**
     * {@return the page's memory, from index 0 on: what the legs read under every policy but {@link LegsRead#COPIED}} Each call
     * gives a buffer with a position of its own. None is to be used once this is closed.
     */
    public ByteBuffer memory() {
        return page.memory.duplicate().clear().limit(page.length);
    }

    /** Lets the page go. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            changes.unpin(page);
        }
    }
}
