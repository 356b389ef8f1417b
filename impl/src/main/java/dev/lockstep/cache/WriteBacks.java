package dev.lockstep.cache;

import dev.lockstep.region.Action;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Step;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.Copied;
import dev.lockstep.volume.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A cache's pages on their way to the volume, and the sync()s and passes that wait for them. Thread-safe; it shares the cache's
 * lock, and calls nothing with it held but the pages.
 */
final class WriteBacks {
    private final Backing volume;
    private final Steps steps;
    private final Pages pages;
    private final boolean locked;
    private final boolean copies;
    private final Object lock;

    /** Guarded by the lock, as are all below. */
    private final Slots slots;
    private final List<SyncRun> syncs = new ArrayList<>();
    private IOException failure;

    WriteBacks(Backing volume, Steps steps, Pages pages, Slots slots, Object lock) {
        this.volume = volume;
        this.steps = steps;
        this.pages = pages;
        this.slots = slots;
        this.locked = volume.policy().legsRead() == LegsRead.LOCKED;
        this.copies = volume.policy().legsRead() == LegsRead.COPIED;
        this.lock = lock;
    }

    /** What has stopped the volume, or null. Called with the lock held. */
    IOException failure() {
        return failure;
    }

    /** The sync()s and passes that are under way, to be looked at with the lock held. */
    List<SyncRun> syncs() {
        return syncs;
    }

    /** A page that is not page-dirty any more will not be written. Called with the lock held; {@link #endSyncs} is due after. */
    void dropped(long page) {
        syncs.forEach(sync -> sync.dropped(page));
        slots.forget(page);
    }

    void writeBack(long page) {
        offer(Step.of(Action.WRITE_BACK_CLEAR, Math.toIntExact(page)), () -> writeBackClear(page));
    }

    /** Begins a sync() or a pass. */
    void begin(SyncRun begun) {
        List<Long> dirty;
        IOException stopped;
        synchronized (lock) {
            stopped = failure;
            pages.all().forEach(begun::begin);
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

    /** Nobody waits for a sync() any more. */
    void giveUp(Completion ended) {
        synchronized (lock) {
            syncs.removeIf(sync -> sync.ended == ended);
        }
    }

    /**
     * Spec action {@code WriteBackClear}; S3: "clear dirty bit", and only in a step of its own "submit IO".
     *
     * @param number the page
     */
    private void writeBackClear(long number) {
        int slot = Page.NO_SLOT;
        Long another = null;
        synchronized (lock) {
            Page page = pages.find(number);
            if (failure != null) {
                return;
            }
            boolean pinned = page != null && locked && page.pins > 0;
            if (page == null || !page.dirty || page.underWriteBack() || pinned) {
                // It may have come to its turn at a slot, of which it makes no use.
                another = slots.next();
                if (pinned) {
                    page.asked = true;
                }
            } else if (slots.firstFree() == Page.NO_SLOT) {
                slots.await(number);
            } else {
                slot = slots.firstFree();
                page.dirty = false;
                slots.take(slot, page);
                syncs.forEach(sync -> sync.started(number));
            }
        }
        if (slot != Page.NO_SLOT) {
            int taken = slot;
            if (copies) {
                offer(Step.of(Action.COPY_PAGE, taken), () -> copyPage(taken));
            } else {
                offerSubmit(taken);
            }
            endSyncs();
        } else if (another != null) {
            writeBack(another);
        }
    }

    /** Spec action {@code CopyPage}: the page is read, once, and its write is not counted in yet. A store in between marks the page again. */
    private void copyPage(int slot) {
        WriteBack writeBack;
        synchronized (lock) {
            writeBack = slots.in(slot);
        }
        // Not under the lock: pages may be changed in place, which it would not keep apart, and others need not wait for a copy.
        Copied copied = volume.copy(writeBack.page.memory);
        synchronized (lock) {
            writeBack.copied = copied;
        }
        offerSubmit(slot);
    }

    private void offerSubmit(int slot) {
        offer(Step.of(Action.SUBMIT, slot), () -> submit(slot));
    }

    private void submit(int slot) {
        WriteBack writeBack;
        synchronized (lock) {
            writeBack = slots.in(slot);
            if (writeBack == null || writeBack.submitted) {
                return;
            }
            writeBack.submitted = true;
        }
        try {
            // Not under the lock: with a seam that runs steps at once, the write may end before this call does.
            Page page = writeBack.page;
            long position = pages.position(page);
            int write = writeBack.copied == null ? volume.submit(page.memory, position, new Ended(slot))
                    : volume.submit(writeBack.copied, position, new Ended(slot));
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
                Page page = slots.in(slot).page;
                slots.free(slot);
                lock.notifyAll();
                if (syncs.stream().anyMatch(sync -> sync.toStart.contains(page.number))) {
                    next.add(page.number);
                }
                Long waiting = slots.next();
                if (waiting != null) {
                    next.add(waiting);
                }
                syncs.forEach(sync -> sync.ended(page.number));
                pages.forgetUnlessNeeded(page);
            }
            next.forEach(WriteBacks.this::writeBack);
            endSyncs();
        }

        @Override
        public void failed(IOException cause) {
            fail(cause);
        }
    }

    /** Tells those whose wait is over. */
    void endSyncs() {
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
