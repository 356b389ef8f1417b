package dev.lockstep.validate;

import dev.lockstep.cache.PageCache;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The part of a workload that changes pages. A change of two halves has its page to itself, as in a file system: also one that is cut off between
 * them because the mirror has died, so whoever waits for the page does nothing to it then. Thread-safe.
 */
final class Pages {
    private static final int WRITTEN_BACK_IN = 2;

    private final PageCache cache;
    private final BooleanSupplier dead;
    private final Recorder recorder;
    private final Storing storing;
    private final ReentrantLock[] locks;

    Pages(PageCache cache, BooleanSupplier dead, Recorder recorder, RunSettings settings) {
        this.cache = cache;
        this.dead = dead;
        this.recorder = recorder;
        this.storing = settings.storing();
        this.locks = Stream.generate(ReentrantLock::new).limit(settings.size().blocks()).toArray(ReentrantLock[]::new);
    }

    /** Changes a page, and most often asks that it be written back. */
    void change(SplittableRandom random) throws IOException, InterruptedException {
        int page = random.nextInt(locks.length);
        int value = random.nextInt(Contents.VALUES);
        switch (storing) {
            case MMAP -> store(page, value);
            default -> {
                locks[page].lockInterruptibly();
                try {
                    if (dead.getAsBoolean()) {
                        return;
                    }
                    inHalves(page, value);
                } finally {
                    locks[page].unlock();
                }
            }
        }
        if (random.nextInt(WRITTEN_BACK_IN) == 0) {
            cache.writeBack(page);
        }
    }

    private void inHalves(int page, int value) throws IOException {
        if (storing == Storing.MARK_STORE) {
            mark("MarkFirst", page, () -> cache.markFirst(page));
            store(page, value);
        } else {
            store(page, value);
            mark("MarkPageDirty", page, () -> cache.markDirty(page));
        }
    }

    /** Half a change. */
    @FunctionalInterface
    private interface Half {
        void make() throws IOException;
    }

    private void mark(String what, int page, Half half) throws IOException {
        recorded(what, half, Value.of(page));
    }

    private void store(int page, int value) throws IOException {
        ByteBuffer bytes = Contents.store(value);
        long position = (long) page * Size.BLOCK_BYTES;
        recorded("Store", () -> {
            switch (storing) {
                case MMAP -> cache.storeMapped(position, bytes);
                case MARK_STORE -> cache.storeMarked(position, bytes);
                default -> cache.store(position, bytes);
            }
        }, Value.of(page), Value.of(value));
    }

    /** A page that is not in the cache is read, and changed after that. */
    private void recorded(String what, Half half, Value... arguments) throws IOException {
        Frame frame = new Frame(recorder, what, arguments);
        recorder.enter(frame);
        try {
            half.make();
        } finally {
            recorder.enter(null);
        }
        frame.done(what, true, arguments);
    }
}
