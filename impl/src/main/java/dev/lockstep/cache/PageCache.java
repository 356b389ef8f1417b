package dev.lockstep.cache;

import dev.lockstep.region.Action;
import dev.lockstep.region.Step;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.Steps;
import dev.lockstep.volume.SyncHook;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Pages of a volume, changed in place and written back later.
 *
 * <p>A store changes a page's memory even while a leg reads it; it never waits. Storing and marking page-dirty are two
 * calls, as they are in a kernel, and what happens between them is the caller's business (S7, S8). Write-back clears the
 * page-dirty bit and submits the write in a step of its own (S3). A page has one write at a time.
 *
 * <p>A page that is neither page-dirty nor held by a store nor under write-back is forgotten.
 *
 * <p>Thread-safe, save that the bytes of a page change under whoever reads them: that is the point.
 */
public final class PageCache implements SyncHook {
    private final Volume volume;
    private final Steps steps;
    private final int pageBytes;
    private final Object lock = new Object();

    /** Guarded by the lock, as are all below. */
    private final Map<Long, Page> pages = new TreeMap<>();
    private final ArrayDeque<ByteBuffer> memories = new ArrayDeque<>();
    private final WriteBack[] slots;
    private SyncRun sync;
    private IOException failure;

    /**
     * An empty cache.
     *
     * @param volume    where its pages come from and go to
     * @param steps     the seam
     * @param pageBytes the length of a page in bytes; a region's length is a multiple of it
     * @param slots     how many pages may be under write-back at one time
     */
    public PageCache(Volume volume, Steps steps, int pageBytes, int slots) {
        if (pageBytes <= 0 || volume.layout().regionBytes() % pageBytes != 0) {
            throw new IllegalArgumentException("the page size is " + pageBytes + " bytes; a part of the region size, "
                    + volume.layout().regionBytes() + " bytes, without remainder is expected");
        }
        this.volume = volume;
        this.steps = steps;
        this.pageBytes = pageBytes;
        this.slots = new WriteBack[slots];
    }

    /**
     * Changes memory: spec action {@code Store}; S7, "this modifies the bitmap". The page stays in the cache until it is
     * marked page-dirty and written. If the store does not cover a page that is not in the cache, it is read first.
     *
     * @param position where, in bytes from the beginning of the volume; within one page
     * @param bytes    what to store, from position to limit
     * @throws IOException if the page has to be read and cannot be
     */
    public void store(long position, ByteBuffer bytes) throws IOException {
        long number = position / pageBytes;
        int offset = (int) (position % pageBytes);
        Objects.checkFromIndexSize(offset, bytes.remaining(), pageBytes);
        boolean whole = bytes.remaining() == pageBytes;
        synchronized (lock) {
            Page page = pages.get(number);
            if (page == null) {
                page = new Page(number, memory());
                if (!whole) {
                    volume.read(page.memory.duplicate(), number * pageBytes);
                }
                pages.put(number, page);
            }
            page.unmarked = true;
            page.memory.put(offset, bytes, bytes.position(), bytes.remaining());
        }
    }

    /**
     * Marks a page page-dirty: spec action {@code MarkPageDirty}; S8, "calling mark_buffer_dirty".
     *
     * @param page the page, counted from the beginning of the volume
     * @throws IllegalStateException if the page is not in the cache
     */
    public void markDirty(long page) {
        synchronized (lock) {
            Page marked = pages.get(page);
            if (marked == null) {
                throw new IllegalStateException("page " + page + " is not in the cache");
            }
            marked.dirty = true;
            marked.unmarked = false;
        }
    }

    /**
     * Reads through the cache: a page that is there is read there.
     *
     * @param into     filled from its position to its limit; within one page
     * @param position where from, in bytes
     * @throws IOException if the volume has to be read and cannot be
     */
    public void read(ByteBuffer into, long position) throws IOException {
        int offset = (int) (position % pageBytes);
        Objects.checkFromIndexSize(offset, into.remaining(), pageBytes);
        synchronized (lock) {
            Page page = pages.get(position / pageBytes);
            if (page != null) {
                into.put(page.memory.slice(offset, into.remaining()));
                return;
            }
        }
        volume.read(into, position);
    }

    /**
     * Asks that a page be written back: spec action {@code WriteBackClear}. Nothing happens to one that is not
     * page-dirty, or is under write-back, or finds no slot.
     *
     * @param page the page
     */
    public void writeBack(long page) {
        offer(Step.of(Action.WRITE_BACK_CLEAR, Math.toIntExact(page)), () -> writeBackClear(page));
    }

    /**
     * Begins a sync(): I4; {@code SyncBegin}'s {@code syncDirty} and {@code syncWait}.
     *
     * @param done run once, when every page that is page-dirty now has been written and every write under way now has
     *             ended
     * @throws IllegalStateException if one is under way
     */
    @Override
    public void sync(Runnable done) {
        SyncRun begun = new SyncRun(done);
        synchronized (lock) {
            if (sync != null) {
                throw new IllegalStateException("a sync() is under way");
            }
            for (Page page : pages.values()) {
                if (page.dirty) {
                    begun.toStart.add(page.number);
                }
                if (page.underWriteBack()) {
                    begun.toEnd.add(page.number);
                }
            }
            sync = begun;
        }
        for (long page : begun.toStart.toArray(Long[]::new)) {
            writeBack(page);
        }
        finishSync();
    }

    /** {@return the cache's variables, to be read} */
    public CacheView view() {
        return new CacheView(lock, pages, slots, () -> sync);
    }

    private void writeBackClear(long number) {
        int slot;
        synchronized (lock) {
            Page page = pages.get(number);
            slot = freeSlot();
            if (failure != null || page == null || !page.dirty || page.underWriteBack() || slot == Page.NO_SLOT) {
                return;
            }
            page.dirty = false;
            page.slot = slot;
            slots[slot] = new WriteBack(page);
            if (sync != null && sync.toStart.remove(number)) {
                sync.toEnd.add(number);
            }
        }
        offer(Step.of(Action.SUBMIT, slot), () -> submit(slot));
    }

    private void submit(int slot) {
        WriteBack writeBack;
        synchronized (lock) {
            writeBack = slots[slot];
            if (writeBack == null || writeBack.submitted) {
                return;
            }
            writeBack.submitted = true;
        }
        try {
            // Not under the lock: with a seam that runs steps at once, the write may end before this call does.
            Page page = writeBack.page;
            int write = volume.submit(page.memory, page.number * pageBytes, new Ended(slot));
            synchronized (lock) {
                writeBack.write = write;
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** What becomes of a page when its write has ended: {@code EndWrite}. */
    private final class Ended implements Completion {
        private final int slot;

        Ended(int slot) {
            this.slot = slot;
        }

        @Override
        public void ended() {
            boolean again;
            Page page;
            synchronized (lock) {
                page = slots[slot].page;
                slots[slot] = null;
                page.slot = Page.NO_SLOT;
                again = sync != null && sync.toStart.contains(page.number);
                if (sync != null) {
                    sync.toEnd.remove(page.number);
                }
                if (!page.needed()) {
                    pages.remove(page.number);
                    memories.push(page.memory);
                }
            }
            if (again) {
                writeBack(page.number);
            }
            finishSync();
        }

        @Override
        public void failed(IOException cause) {
            fail(cause);
        }
    }

    private void finishSync() {
        SyncRun over;
        synchronized (lock) {
            if (sync == null || !sync.over()) {
                return;
            }
            over = sync;
            sync = null;
        }
        over.done().run();
    }

    /** The volume has stopped: what is page-dirty can no longer be written, and no sync() may say that it was. */
    private void fail(IOException cause) {
        synchronized (lock) {
            failure = cause;
        }
    }

    private ByteBuffer memory() {
        ByteBuffer free = memories.poll();
        return free == null ? ByteBuffer.allocateDirect(pageBytes) : free.clear();
    }

    private int freeSlot() {
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] == null) {
                return slot;
            }
        }
        return Page.NO_SLOT;
    }

    private void offer(Step step, Runnable body) {
        steps.offer(step, body);
    }
}
