package dev.lockstep.sut;

import dev.lockstep.cache.PageCache;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.SyncHook;
import java.io.IOException;

/**
 * A page cache's sync() or pass whose end the trace tells the sweep: that it has returned, once all is written, or that it has
 * failed, whatever is written. Not thread-safe.
 */
final class HeldSync implements SyncHook {
    private final PageCache cache;
    private final SyncHook hook;
    private Completion sweep;
    private Begun begun = new Begun();

    /** Around what a sweep would call otherwise: the cache's sync() or its pass. */
    HeldSync(PageCache cache, SyncHook hook) {
        this.cache = cache;
        this.hook = hook;
    }

    private static final class Begun implements Completion {
        private boolean over;

        @Override
        public void ended() {
            over = true;
        }

        @Override
        public void failed(IOException cause) {
            throw new IllegalStateException("the page cache's sync() has failed", cause);
        }
    }

    @Override
    public void sync(Completion ended) {
        sweep = ended;
        begun = new Begun();
        hook.sync(begun);
    }

    /** Whether it would return now. */
    boolean over() {
        return begun.over;
    }

    void end() {
        sweep.ended();
    }

    void fail() {
        cache.giveUp(begun);
        sweep.failed(new IOException("sync() has failed"));
    }
}
