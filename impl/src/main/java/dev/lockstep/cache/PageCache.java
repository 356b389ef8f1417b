package dev.lockstep.cache;

import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.LegsRead;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Awaited;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Steps;
import dev.lockstep.volume.SyncHook;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Pages of a volume, changed in place and written back later.
 *
 * <h2>Changing a page</h2>
 * A store changes a page's memory even while a leg reads it; under {@link LegsRead#LOCKED} alone it waits until the page's write
 * has ended (I1). Storing and marking page-dirty are two calls, as they are in a kernel, and what happens between them is the
 * caller's business (S7, S8). There are four ways, which are the four of {@code Storing} in Mirror.tla:
 * <ul>
 * <li>{@link #storeMapped}: both in one step. Safe under {@link CleanWhen#SWEEP} too; where nothing else is asked for, take this.</li>
 * <li>{@link #store}, then {@link #markDirty}: what write() and a file system do.</li>
 * <li>{@link #markFirst}, then {@link #storeMarked}: the same in the other order.</li>
 * <li>{@link #pin}: the page's memory itself, for as long as it takes; then {@link #markDirty}.</li>
 * </ul>
 *
 * <h2>Writing back</h2>
 * Write-back clears the page-dirty bit and submits the write in a step of its own (S3). A page has one write at a time. Nothing is
 * written back unless it is asked for: see {@link Daemons}. What was written back is volatile until the volume is flushed.
 *
 * <p>A sweep needs one of two things of it. Idea 4 needs {@link #sync}, which ends when all that was page-dirty is written.
 * Idea 3, "turn off the bit if the block wasn't written in one pdflush period" (I3), needs {@link #pass}: pdflush's turn
 * over all page-dirty pages, which a period begins with and outlasts. It ends as soon as each of them has been taken.
 *
 * <p>A page that is neither page-dirty nor held by a store or a pin nor under write-back is forgotten. If the volume's length is
 * not a multiple of the page size, its last page is cut short.
 *
 * <h2>Failures</h2>
 * If a write fails, the volume has stopped: what is page-dirty can no longer be written, and every sync() says so. What is in the
 * cache can still be read.
 *
 * <p>Thread-safe, save that the bytes of a page change under whoever reads them: that is the point.
 */
public final class PageCache implements SyncHook {
    private final Object lock = new Object();
    private final boolean locked;
    private final Pages pages;
    private final Slots slots;
    private final WriteBacks writeBacks;
    private final Changes changes;

    /**
     * An empty cache over a volume on files. Write-backs are asked of the volume in the thread that asks for them, and carried out
     * on the volume's.
     *
     * @param volume    where its pages come from and go to; to be closed only after a {@link #sync} has ended, as what is
     *                  page-dirty is lost else. {@link Daemons#unmount} does both
     * @param pageBytes the length of a page in bytes: a multiple of 512, and a region's length is a multiple of it
     * @param slots     how many pages may be under write-back at one time
     */
    public PageCache(FileVolume volume, int pageBytes, int slots) {
        this(volume, pageBytes, slots, System::nanoTime);
    }

    /**
     * The same, with a clock.
     *
     * @param volume    as there
     * @param pageBytes as there
     * @param slots     as there
     * @param nanos     the clock that says since when a page is page-dirty, in nanoseconds, as {@link System#nanoTime} gives them
     */
    public PageCache(FileVolume volume, int pageBytes, int slots, LongSupplier nanos) {
        this(Backing.of(volume), (step, body) -> body.run(), pageBytes, slots, nanos);
        if (pageBytes % Leg.SECTOR != 0) {
            throw new IllegalArgumentException("the page size is " + pageBytes + " bytes; a multiple of " + Leg.SECTOR
                    + " is expected");
        }
    }

    /**
     * An empty cache over a volume whose steps its user runs.
     *
     * @param volume    where its pages come from and go to
     * @param steps     the seam
     * @param pageBytes the length of a page in bytes; a region's length is a multiple of it
     * @param slots     how many pages may be under write-back at one time
     */
    public PageCache(Volume volume, Steps steps, int pageBytes, int slots) {
        this(Backing.of(volume), steps, pageBytes, slots, System::nanoTime);
    }

    /** The same, with a clock. */
    PageCache(Volume volume, Steps steps, int pageBytes, int slots, LongSupplier nanos) {
        this(Backing.of(volume), steps, pageBytes, slots, nanos);
    }

    private PageCache(Backing volume, Steps steps, int pageBytes, int slots, LongSupplier nanos) {
        this.locked = volume.policy().legsRead() == LegsRead.LOCKED;
        this.pages = new Pages(volume, pageBytes);
        this.slots = new Slots(slots);
        this.writeBacks = new WriteBacks(volume, steps, pages, this.slots, lock);
        this.changes = new Changes(pages, writeBacks, nanos, locked, lock);
    }

    /** {@return the length of a page, in bytes} */
    public int pageBytes() {
        return pages.pageBytes();
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
        changes.store(position, bytes);
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
        changes.storeMapped(position, bytes);
    }

    /**
     * Changes memory of a page that was {@linkplain #markFirst marked first}, and so ends that change: spec action {@code Store}
     * where {@code Storing} is "markStore". The page may have been written back since it was marked; then nothing writes it again.
     * Otherwise as {@link #store(long, ByteBuffer)}.
     *
     * @param position where, in bytes from the beginning of the volume; within one page
     * @param bytes    what to store, from position to limit
     * @throws InterruptedIOException    as there
     * @throws IOException               as there
     * @throws IndexOutOfBoundsException as there
     * @throws IllegalStateException     if the page was not marked first, or has been stored into as often as it was
     */
    public void storeMarked(long position, ByteBuffer bytes) throws IOException {
        changes.storeMarked(position, bytes);
    }

    /**
     * Puts a page's own memory into the caller's hands, to be changed in place. The page is read if it is not in the cache, and
     * stays in it until the pin is closed.
     *
     * <p>The cache does not see the changes. After each, or after the last, its page is to be {@linkplain #markDirty marked
     * page-dirty}. Under {@link LegsRead#SHARED} legs may read in between, and a page may be written back and found clean by a
     * sweep between a change and its mark: so under {@link CleanWhen#SWEEP} and {@link CleanWhen#PERIOD} use
     * {@link #storeMapped} instead, or a policy that does not mind: {@link CleanWhen#COMPARE} finds such legs to differ, and
     * {@link LegsRead#COPIED} never has them. Under {@link LegsRead#LOCKED} the pin waits until the page's write has ended, and
     * none begins while it is held: so hold it briefly, as a sync() waits for it. It is not to be called where steps run then.
     *
     * @param page the page, counted from the beginning of the volume
     * @return the page's memory
     * @throws InterruptedIOException    if it has to wait and the thread is interrupted, which it still is then
     * @throws IOException               if the page has to be read and cannot be, or its write will not end as the volume has
     *                                   stopped
     * @throws IndexOutOfBoundsException if the volume has no such page
     */
    public PagePin pin(long page) throws IOException {
        return new PagePin(changes, changes.pin(page));
    }

    /**
     * Marks a page page-dirty: spec action {@code MarkPageDirty}; S8, "calling mark_buffer_dirty". If the page has left the
     * cache, there is nothing to be done: someone else who stored into it marked it, and it was written with both stores.
     *
     * @param page the page, counted from the beginning of the volume
     */
    public void markDirty(long page) {
        changes.markDirty(page);
    }

    /**
     * Marks a page page-dirty before it is changed: spec action {@code MarkFirst}. The change is {@link #storeMarked}; until it
     * has come the page stays in the cache. A page that is not there is read. The mark may be cleared and the page written before
     * the change comes: then nothing writes the change, unless someone marks it again. That is what file systems must not do, and
     * what the models of {@code Storing = "markStore"} show of each policy.
     *
     * @param page the page, counted from the beginning of the volume
     * @throws IOException               if the page has to be read and cannot be
     * @throws IndexOutOfBoundsException if the volume has no such page
     */
    public void markFirst(long page) throws IOException {
        changes.markFirst(page);
    }

    /**
     * Drops a page, which is not written any more, page-dirty or not: what a file system does with the page of a block that it has
     * freed; spec action {@code FreeBlock}. The legs keep what they have, and may differ where a write was torn: that the block was
     * freed must be durable before ({@code FreeDurable}), or a crash brings the file back and its block torn. Nothing happens if
     * the page is not in the cache.
     *
     * <p>It waits while the page is under write-back. It is not to be called where steps run, as those end the wait.
     *
     * @param page the page, counted from the beginning of the volume
     * @throws InterruptedIOException if it has to wait and the thread is interrupted, which it still is then; nothing is dropped
     * @throws IOException            if the page's write will not end as the volume has stopped
     * @throws IllegalStateException  if a change of the page is half done, or it is pinned
     */
    public void drop(long page) throws IOException {
        changes.drop(page);
    }

    /**
     * Reads through the cache: a page that is there is read there.
     *
     * @param into     filled from its position to its limit
     * @param position where from, in bytes
     * @throws IOException               if the volume has to be read and cannot be; the buffer's content and position are then
     *                                   undefined
     * @throws IndexOutOfBoundsException if it does not lie in the volume
     */
    public void read(ByteBuffer into, long position) throws IOException {
        pages.requireInVolume(position, into.remaining());
        int limit = into.limit();
        long at = position;
        try {
            while (into.position() < limit) {
                int length = Math.min(pages.pageBytes() - pages.offset(at), limit - into.position());
                readInPage(into.limit(into.position() + length), at);
                at += length;
            }
        } finally {
            into.limit(limit);
        }
    }

    private void readInPage(ByteBuffer into, long position) throws IOException {
        synchronized (lock) {
            if (pages.copyIfThere(into, position)) {
                return;
            }
        }
        pages.read(into, position);
    }

    /**
     * Asks that a page be written back: spec action {@code WriteBackClear}. Nothing happens to one that is not page-dirty or
     * is under write-back; one that finds no slot waits until there is one.
     *
     * @param page the page
     */
    public void writeBack(long page) {
        writeBacks.writeBack(page);
    }

    /**
     * Asks that every page be written back that has been page-dirty for long: what pdflush does each time that it wakes up (S2).
     *
     * @param since an instant of the cache's clock, in nanoseconds; pages that were marked after it are left
     */
    public void writeBackDirtySince(long since) {
        List<Long> old;
        synchronized (lock) {
            old = pages.all().stream().filter(page -> page.dirty && page.dirtySince - since <= 0).map(page -> page.number)
                    .toList();
        }
        old.forEach(this::writeBack);
    }

    /**
     * Begins a sync(): I4; {@code SyncBegin}'s {@code syncDirty} and {@code syncWait}. Any number may be under way.
     *
     * @param ended told when every page that is page-dirty now has been written and every write under way now has ended
     */
    @Override
    public void sync(Completion ended) {
        writeBacks.begin(new SyncRun(true, ended));
    }

    /**
     * Begins a pass of pdflush, which is what a sweep of idea 3 is to call: I3; {@code SyncBegin}'s {@code syncDirty}. Any
     * number may be under way.
     *
     * @param ended told when every page that is page-dirty now has been taken to be written, by whomever; no write is waited
     *              for
     */
    public void pass(Completion ended) {
        writeBacks.begin(new SyncRun(false, ended));
    }

    @Override
    public void giveUp(Completion ended) {
        writeBacks.giveUp(ended);
    }

    /**
     * Writes back what is page-dirty, and waits for that: sync(), as a program calls it. It is volatile until the volume is flushed.
     * An interrupt has no effect, and stays pending. It is not to be called from a completion.
     *
     * @throws IOException if the volume has stopped: what is then on the legs is not known
     */
    public void sync() throws IOException {
        Awaited synced = new Awaited();
        sync(synced);
        try {
            synced.await();
        } catch (IOException e) {
            throw new IOException("what is page-dirty could not be written: " + e.getMessage(), e.getCause());
        }
    }

    /** Whether a change of a page is half done, or a page is pinned. */
    boolean held() {
        return changes.underWay();
    }

    /** {@return the cache's variables, to be read} */
    public CacheView view() {
        return new CacheView(lock, locked, pages, slots, writeBacks.syncs());
    }
}
