package dev.lockstep.cache;

import java.nio.ByteBuffer;
import java.util.List;

/** The page cache's variables in Mirror.tla, to be read. Each answer is of one instant. Thread-safe. */
public final class CacheView {
    private final Object lock;
    private final boolean locked;
    private final Pages pages;
    private final Slots slots;
    private final List<SyncRun> syncs;

    CacheView(Object lock, boolean locked, Pages pages, Slots slots, List<SyncRun> syncs) {
        this.lock = lock;
        this.locked = locked;
        this.pages = pages;
        this.slots = slots;
        this.syncs = syncs;
    }

    /**
     * {@return a page's bytes, read-only; null if the cache has forgotten it}
     *
     * @param page the page
     */
    public ByteBuffer page(long page) {
        synchronized (lock) {
            Page found = pages.find(page);
            return found == null ? null : found.memory.asReadOnlyBuffer();
        }
    }

    /**
     * {@return a page's page-dirty bit}
     *
     * @param page the page
     */
    public boolean pageDirty(long page) {
        synchronized (lock) {
            Page found = pages.find(page);
            return found != null && found.dirty;
        }
    }

    /**
     * {@return whether a change of a page is half done: it was stored into and not yet marked page-dirty, or the other way
     * round}
     *
     * @param page the page
     */
    public boolean changing(long page) {
        synchronized (lock) {
            Page found = pages.find(page);
            return found != null && found.changing();
        }
    }

    /**
     * {@return whether a store into a page would go ahead at once: spec definition {@code MayStore}}
     *
     * @param page the page
     */
    public boolean mayStore(long page) {
        synchronized (lock) {
            Page found = pages.find(page);
            return !locked || found == null || !found.underWriteBack();
        }
    }

    /**
     * {@return whether {@code WriteBackClear} would take a page now}
     *
     * @param page the page
     */
    public boolean mayWriteBack(long page) {
        synchronized (lock) {
            Page found = pages.find(page);
            return found != null && found.dirty && !found.underWriteBack() && !(locked && found.pins > 0) && firstFreeSlot() >= 0;
        }
    }

    /**
     * {@return whether a page could be dropped now: what spec action {@code FreeBlock} asks of it}
     *
     * @param page the page
     */
    public boolean mayDrop(long page) {
        synchronized (lock) {
            Page found = pages.find(page);
            return found == null || !found.underWriteBack() && !found.changing() && found.pins == 0;
        }
    }

    /** {@return the slot that the next write-back takes, or -1} */
    public int firstFreeSlot() {
        synchronized (lock) {
            return slots.firstFree();
        }
    }

    /**
     * {@return the page whose write-back a slot is used for, or -1}
     *
     * @param slot the slot
     */
    public long pageIn(int slot) {
        synchronized (lock) {
            return slots.in(slot) == null ? -1 : slots.in(slot).page.number;
        }
    }

    /**
     * {@return what was copied of the page whose write-back a slot is used for, read-only; null if nothing was}
     *
     * @param slot the slot
     */
    public ByteBuffer copyIn(int slot) {
        synchronized (lock) {
            WriteBack found = slots.in(slot);
            return found == null || found.copied == null ? null : found.copied.held();
        }
    }

    /**
     * {@return the number that the volume gave a slot's write, or -1 if it has not been submitted}
     *
     * @param slot the slot
     */
    public int writeOf(int slot) {
        synchronized (lock) {
            return slots.in(slot) == null ? WriteBack.NOT_SUBMITTED : slots.in(slot).write;
        }
    }

    /** {@return whether nothing is page-dirty, held by a store or a pin, or under write-back: a volume may then be unmounted} */
    public boolean idle() {
        synchronized (lock) {
            return pages.all().stream().noneMatch(Page::needed);
        }
    }

    /**
     * {@return whether a sync() or a pass has yet to begin to write a page}
     *
     * @param page the page
     */
    public boolean syncDirty(long page) {
        synchronized (lock) {
            return syncs.stream().anyMatch(run -> run.toStart.contains(page));
        }
    }

    /**
     * {@return whether a sync() waits for a page's write to end}
     *
     * @param page the page
     */
    public boolean syncWait(long page) {
        synchronized (lock) {
            return syncs.stream().anyMatch(run -> run.toEnd.contains(page));
        }
    }
}
