package dev.lockstep.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The pages that are in a cache, and memory for more. Guarded by the cache's lock. */
final class Pages {
    private final Backing volume;
    private final int pageBytes;
    private final Map<Long, Page> pages = new TreeMap<>();
    private final ArrayDeque<ByteBuffer> memories = new ArrayDeque<>();

    Pages(Backing volume, int pageBytes) {
        this.volume = volume;
        this.pageBytes = pageBytes;
    }

    /** A page, or null if it is not in the cache. */
    Page find(long number) {
        return pages.get(number);
    }

    Collection<Page> all() {
        return pages.values();
    }

    /** Where a page lies in the volume, in bytes. */
    long position(Page page) {
        return page.number * pageBytes;
    }

    /**
     * Finds a page, or makes it one of the cache's: it is read then, unless all of it will be stored into.
     *
     * @param covered how many of its bytes will be stored into
     */
    Page bring(long number, int covered) throws IOException {
        Page found = pages.get(number);
        if (found != null) {
            return found;
        }
        int length = (int) Math.min(pageBytes, volume.layout().bytes() - number * pageBytes);
        Page page = new Page(number, memory().limit(length));
        if (covered < length) {
            volume.read(page.memory.duplicate(), position(page));
        }
        pages.put(number, page);
        return page;
    }

    void forgetUnlessNeeded(Page page) {
        if (!page.needed() && pages.remove(page.number, page) && !page.handedOut) {
            memories.push(page.memory);
        }
    }

    private ByteBuffer memory() {
        ByteBuffer free = memories.poll();
        return free == null ? ByteBuffer.allocateDirect(pageBytes) : free.clear();
    }
}
