package dev.lockstep.cache;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How a cache's pages are changed: stores, marks, pins, and pages that are dropped. What each promises its caller is told at
 * {@link PageCache}. Thread-safe; it shares the cache's lock.
 */
final class Changes {
    private final Pages pages;
    private final WriteBacks writeBacks;
    private final LongSupplier nanos;
    private final boolean locked;
    private final Object lock;

    Changes(Pages pages, WriteBacks writeBacks, LongSupplier nanos, boolean locked, Object lock) {
        this.pages = pages;
        this.writeBacks = writeBacks;
        this.nanos = nanos;
        this.locked = locked;
        this.lock = lock;
    }

    /** Spec action {@code Store} where the mark comes after, in a step of its own. */
    void store(long position, ByteBuffer bytes) throws IOException {
        change(position, bytes, page -> page.stored = true);
    }

    /** Spec action {@code Store} where {@code Storing} is "mmap". */
    void storeMapped(long position, ByteBuffer bytes) throws IOException {
        change(position, bytes, page -> page.markDirty(nanos.getAsLong()));
    }

    /** Spec action {@code Store} where {@code Storing} is "markStore". */
    void storeMarked(long position, ByteBuffer bytes) throws IOException {
        change(position, bytes, page -> {
            if (page.marked == 0) {
                throw new IllegalStateException("page " + page.number + " is not marked page-dirty before it is stored into");
            }
            page.marked--;
        });
    }

    private void change(long position, ByteBuffer bytes, Consumer<Page> marking) throws IOException {
        pages.requireInVolume(position, bytes.remaining());
        int offset = pages.offset(position);
        Objects.checkFromIndexSize(offset, bytes.remaining(), pages.pageBytes());
        synchronized (lock) {
            long number = pages.number(position);
            awaitWriteBack(number, locked);
            Page page = pages.bring(number, bytes.remaining());
            try {
                marking.accept(page);
                page.memory.put(offset, bytes, bytes.position(), bytes.remaining());
            } finally {
                pages.forgetUnlessNeeded(page);
            }
        }
    }

    /** Spec action {@code MarkPageDirty}. */
    void markDirty(long page) {
        synchronized (lock) {
            Page marked = pages.find(page);
            if (marked != null) {
                marked.markDirty(nanos.getAsLong());
                marked.stored = false;
            }
        }
    }

    /** Spec action {@code MarkFirst}. */
    void markFirst(long page) throws IOException {
        pages.requirePage(page);
        synchronized (lock) {
            Page marked = pages.bring(page, 0);
            marked.markDirty(nanos.getAsLong());
            marked.marked++;
        }
    }

    Page pin(long page) throws IOException {
        pages.requirePage(page);
        synchronized (lock) {
            awaitWriteBack(page, locked);
            Page pinned = pages.bring(page, 0);
            pinned.pins++;
            pinned.handedOut = true;
            return pinned;
        }
    }

    void unpin(Page page) {
        boolean asked;
        synchronized (lock) {
            page.pins--;
            asked = page.pins == 0 && page.asked;
            page.asked &= !asked;
            lock.notifyAll();
            pages.forgetUnlessNeeded(page);
        }
        if (asked) {
            writeBacks.writeBack(page.number);
        }
    }

    /** Spec action {@code FreeBlock}, as far as it is the cache's. */
    void drop(long page) throws IOException {
        synchronized (lock) {
            awaitWriteBack(page, true);
            Page dropped = pages.find(page);
            if (dropped == null) {
                return;
            }
            if (dropped.changing() || dropped.pins > 0) {
                throw new IllegalStateException("page " + page + " is being changed, and cannot be dropped");
            }
            dropped.dirty = false;
            writeBacks.dropped(page);
            pages.forgetUnlessNeeded(dropped);
        }
        writeBacks.endSyncs();
    }

    /** Whether a change of a page is half done, or a page is pinned. */
    boolean underWay() {
        synchronized (lock) {
            return pages.all().stream().anyMatch(page -> page.changing() || page.pins > 0);
        }
    }

    /** Waits, if the caller has to, until no write of a page is under way: spec definition {@code MayStore}. */
    private void awaitWriteBack(long number, boolean wait) throws IOException {
        while (wait && pages.find(number) != null && pages.find(number).underWriteBack()) {
            IOException failure = writeBacks.failure();
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
}
