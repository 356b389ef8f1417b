package dev.lockstep.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The pages that are in a cache, and memory for more. Guarded by the cache's lock, but for what never changes. */
final class Pages {
    private final Backing volume;
    private final int pageBytes;
    private final Map<Long, Page> pages = new TreeMap<>();
    private final ArrayDeque<ByteBuffer> memories = new ArrayDeque<>();

    /** Refuses, with one sentence, a page size that a volume's regions cannot have. */
    Pages(Backing volume, int pageBytes) {
        if (pageBytes <= 0 || volume.layout().regionBytes() % pageBytes != 0) {
            throw new IllegalArgumentException("the page size is " + pageBytes + " bytes; a part of the region size, "
                    + volume.layout().regionBytes() + " bytes, without remainder is expected");
        }
        if ((volume.layout().bytes() - 1) / pageBytes >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the page size is " + pageBytes + " bytes; that makes too many pages of "
                    + volume.layout().bytes() + " bytes");
        }
        this.volume = volume;
        this.pageBytes = pageBytes;
    }

    int pageBytes() {
        return pageBytes;
    }

    /** The page in which a position lies. */
    long number(long position) {
        return position / pageBytes;
    }

    /** Where in its page a position lies. */
    int offset(long position) {
        return (int) (position % pageBytes);
    }

    void requireInVolume(long position, long length) {
        Objects.checkFromIndexSize(position, length, volume.layout().bytes());
    }

    void requirePage(long page) {
        Objects.checkIndex(page, (volume.layout().bytes() - 1) / pageBytes + 1);
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

    /** Fills a buffer from a page that is in the cache; does nothing, and says so, if it is not. */
    boolean copyIfThere(ByteBuffer into, long position) {
        Page page = pages.get(number(position));
        if (page != null) {
            into.put(page.memory.slice(offset(position), into.remaining()));
        }
        return page != null;
    }

    /** Fills a buffer from the volume. It needs no lock. */
    void read(ByteBuffer into, long position) throws IOException {
        volume.read(into, position);
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
