package dev.lockstep.cache;

import dev.lockstep.region.Action;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Step;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.Steps;
import dev.lockstep.volume.SyncHook;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Pages of a volume, changed in place and written back later.
 *
 * <p>A store changes a page's memory even while a leg reads it; under {@link LegsRead#LOCKED} alone it waits until the
 * page's write has ended (I1). Storing and marking page-dirty are two calls, as they are in a kernel, and what happens
 * between them is the caller's business (S7, S8). Write-back clears the page-dirty bit and submits the write in a step of
 * its own (S3). A page has one write at a time.
 *
 * <p>A sweep needs one of two things of it. Idea 4 needs {@link #sync}, which ends when all that was page-dirty is written.
 * Idea 3, "turn off the bit if the block wasn't written in one pdflush period" (I3), needs {@link #pass}: pdflush's turn
 * over all page-dirty pages, which a period begins with and outlasts. It ends as soon as each of them has been taken.
 *
 * <p>A page that is neither page-dirty nor held by a store nor under write-back is forgotten. If the volume's length is not
 * a multiple of the page size, its last page is cut short.
 *
 * <p>Thread-safe, save that the bytes of a page change under whoever reads them: that is the point.
 */
public final class PageCache implements SyncHook {
    private final Volume volume;
    private final Steps steps;
    private final int pageBytes;
    private final boolean locked;
    private final Object lock = new Object();

    /** Guarded by the lock, as are all below. */
    private final Map<Long, Page> pages = new TreeMap<>();
    private final ArrayDeque<ByteBuffer> memories = new ArrayDeque<>();
    private final WriteBack[] slots;
    /** The pages that were to be written back when there was no slot for them. */
    private final TreeSet<Long> slotless = new TreeSet<>();
    private final List<SyncRun> syncs = new ArrayList<>();
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
        if ((volume.layout().bytes() - 1) / pageBytes >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the page size is " + pageBytes + " bytes; that makes too many pages of "
                    + volume.layout().bytes() + " bytes");
        }
        if (slots <= 0) {
            throw new IllegalArgumentException(slots + " pages may be under write-back; at least 1 is expected");
        }
        this.volume = volume;
        this.steps = steps;
        this.pageBytes = pageBytes;
        this.locked = volume.policy().legsRead() == LegsRead.LOCKED;
        this.slots = new WriteBack[slots];
    }

    /**
     * Changes memory: spec action {@code Store}; S7, "this modifies the bitmap". The page stays in the cache until it is
     * marked page-dirty and written. If the store does not cover a page that is not in the cache, it is read first.
     *
     * <p>Under {@link LegsRead#LOCKED} it waits while the page is under write-back, from {@code WriteBackClear} to
     * {@code EndWrite}: spec definition {@code MayStore}; I1, "lock the buffers". It is not to be called where steps run then,
     * as those end the wait.
     *
     * @param position where, in bytes from the beginning of the volume; within one page
     * @param bytes    what to store, from position to limit
     * @throws InterruptedIOException    if it has to wait and the thread is interrupted, which it still is then; nothing is
     *                                   stored
     * @throws IOException               if the page has to be read and cannot be, or its write will not end as the volume has
     *                                   stopped
     * @throws IndexOutOfBoundsException if it does not lie in one page of the volume
     */
    public void store(long position, ByteBuffer bytes) throws IOException {
        store(position, bytes, false);
    }

    /**
     * Changes memory and marks its page page-dirty in one step, as the hardware does for a store through a mapping: spec
     * action {@code Store} where {@code Storing} is "mmap"; C2. Otherwise as {@link #store(long, ByteBuffer)}.
     *
     * @param position where, in bytes from the beginning of the volume; within one page
     * @param bytes    what to store, from position to limit
     * @throws InterruptedIOException    as there
     * @throws IOException               as there
     * @throws IndexOutOfBoundsException as there
     */
    public void storeMapped(long position, ByteBuffer bytes) throws IOException {
        store(position, bytes, true);
    }

    private void store(long position, ByteBuffer bytes, boolean marks) throws IOException {
        long volumeBytes = volume.layout().bytes();
        Objects.checkFromIndexSize(position, (long) bytes.remaining(), volumeBytes);
        long number = position / pageBytes;
        int offset = (int) (position % pageBytes);
        Objects.checkFromIndexSize(offset, bytes.remaining(), pageBytes);
        int length = (int) Math.min(pageBytes, volumeBytes - number * pageBytes);
        synchronized (lock) {
            awaitWriteBack(number);
            Page page = pages.get(number);
            if (page == null) {
                page = new Page(number, memory().limit(length));
                if (bytes.remaining() < length) {
                    volume.read(page.memory.duplicate(), number * pageBytes);
                }
                pages.put(number, page);
            }
            if (marks) {
                page.dirty = true;
            } else {
                page.changing = true;
            }
            page.memory.put(offset, bytes, bytes.position(), bytes.remaining());
        }
    }

    /** Waits, if stores have to, until no write of a page is under way. */
    private void awaitWriteBack(long number) throws IOException {
        while (locked && pages.containsKey(number) && pages.get(number).underWriteBack()) {
            if (failure != null) {
                throw new IOException("page " + number + " stays locked, as its write will not end: " + failure.getMessage(),
                        failure);
            }
            try {
                lock.wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted = new InterruptedIOException("interrupted while page " + number
                        + " was being written");
                interrupted.initCause(e);
                throw interrupted;
            }
        }
    }

    /**
     * Marks a page page-dirty: spec action {@code MarkPageDirty}; S8, "calling mark_buffer_dirty". If the page has left the
     * cache, there is nothing to be done: someone else who stored into it marked it, and it was written with both stores.
     *
     * @param page the page, counted from the beginning of the volume
     */
    public void markDirty(long page) {
        synchronized (lock) {
            Page marked = pages.get(page);
            if (marked != null) {
                marked.dirty = true;
                marked.changing = false;
            }
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
     * Asks that a page be written back: spec action {@code WriteBackClear}. Nothing happens to one that is not page-dirty or
     * is under write-back; one that finds no slot waits until there is one.
     *
     * @param page the page
     */
    public void writeBack(long page) {
        offer(Step.of(Action.WRITE_BACK_CLEAR, Math.toIntExact(page)), () -> writeBackClear(page));
    }

    /**
     * Begins a sync(): I4; {@code SyncBegin}'s {@code syncDirty} and {@code syncWait}. Any number may be under way.
     *
     * @param ended told when every page that is page-dirty now has been written and every write under way now has ended
     */
    @Override
    public void sync(Completion ended) {
        begin(new SyncRun(true, ended));
    }

    /**
     * Begins a pass of pdflush, which is what a sweep of idea 3 is to call: I3; {@code SyncBegin}'s {@code syncDirty}. Any
     * number may be under way.
     *
     * @param ended told when every page that is page-dirty now has been taken to be written, by whomever; no write is waited
     *              for
     */
    public void pass(Completion ended) {
        begin(new SyncRun(false, ended));
    }

    @Override
    public void giveUp(Completion ended) {
        synchronized (lock) {
            syncs.removeIf(sync -> sync.ended == ended);
        }
    }

    private void begin(SyncRun begun) {
        List<Long> dirty;
        IOException stopped;
        synchronized (lock) {
            stopped = failure;
            pages.values().forEach(begun::begin);
            dirty = List.copyOf(begun.toStart);
            if (stopped == null) {
                syncs.add(begun);
            }
        }
        if (stopped != null) {
            begun.ended.failed(stopped);
            return;
        }
        dirty.forEach(this::writeBack);
        endSyncs();
    }

    /** {@return the cache's variables, to be read} */
    public CacheView view() {
        return new CacheView(lock, locked, pages, slots, syncs);
    }

    /**
     * Spec action {@code WriteBackClear}; S3: "clear dirty bit", and only in a step of its own "submit IO".
     *
     * @param number the page
     */
    private void writeBackClear(long number) {
        int slot;
        synchronized (lock) {
            Page page = pages.get(number);
            if (failure != null || page == null || !page.dirty || page.underWriteBack()) {
                return;
            }
            slot = freeSlot();
            if (slot == Page.NO_SLOT) {
                slotless.add(number);
                return;
            }
            page.dirty = false;
            page.slot = slot;
            slots[slot] = new WriteBack(page);
            syncs.forEach(sync -> sync.started(number));
        }
        offer(Step.of(Action.SUBMIT, slot), () -> submit(slot));
        endSyncs();
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
            List<Long> next = new ArrayList<>();
            synchronized (lock) {
                Page page = slots[slot].page;
                slots[slot] = null;
                page.slot = Page.NO_SLOT;
                lock.notifyAll();
                if (syncs.stream().anyMatch(sync -> sync.toStart.contains(page.number))) {
                    next.add(page.number);
                }
                if (!slotless.isEmpty()) {
                    next.add(slotless.pollFirst());
                }
                syncs.forEach(sync -> sync.ended(page.number));
                if (!page.needed()) {
                    pages.remove(page.number);
                    memories.push(page.memory);
                }
            }
            next.forEach(PageCache.this::writeBack);
            endSyncs();
        }

        @Override
        public void failed(IOException cause) {
            fail(cause);
        }
    }

    private void endSyncs() {
        List<SyncRun> over;
        synchronized (lock) {
            over = syncs.stream().filter(SyncRun::over).toList();
            syncs.removeAll(over);
        }
        over.forEach(sync -> sync.ended.ended());
    }

    /** The volume has stopped: what is page-dirty can no longer be written, and no sync() or pass may say that it was. */
    private void fail(IOException cause) {
        List<SyncRun> cut;
        synchronized (lock) {
            failure = failure == null ? cause : failure;
            lock.notifyAll();
            cut = List.copyOf(syncs);
            syncs.clear();
        }
        cut.forEach(sync -> sync.ended.failed(cause));
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
        steps.offer(step, () -> {
            try {
                body.run();
            } catch (RuntimeException | Error e) {
                // The page would stay under write-back for ever, and whoever waits for it would not know.
                fail(new IOException(step + " was cut short: " + e, e));
                throw e;
            }
        });
    }
}
