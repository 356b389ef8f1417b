package dev.lockstep.cache;

import dev.lockstep.volume.Completion;
import dev.lockstep.volume.SyncHook;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sync() that is given up if it takes too long, so that one which never returns keeps no later sweep from marking regions clean.
 * Thread-safe.
 */
final class ImpatientSync implements SyncHook {
    private final SyncHook hook;
    private final Duration patience;
    private final Schedule schedule;
    private final Runnable giveUp;
    private final Map<Completion, Waiting> underWay = new ConcurrentHashMap<>();

    ImpatientSync(SyncHook hook, Duration patience, Schedule schedule, Runnable giveUp) {
        this.hook = hook;
        this.patience = patience;
        this.schedule = schedule;
        this.giveUp = giveUp;
    }

    @Override
    public void sync(Completion ended) {
        Waiting waiting = new Waiting(ended);
        underWay.put(ended, waiting);
        schedule.after(patience, waiting::giveUp);
        hook.sync(waiting);
    }

    @Override
    public void giveUp(Completion ended) {
        Waiting waiting = underWay.remove(ended);
        if (waiting != null) {
            hook.giveUp(waiting);
        }
    }

    /** Whoever waits for a sync(). */
    private final class Waiting implements Completion {
        private final Completion told;

        Waiting(Completion told) {
            this.told = told;
        }

        void giveUp() {
            if (underWay.containsKey(told)) {
                giveUp.run();
            }
        }

        @Override
        public void ended() {
            underWay.remove(told);
            told.ended();
        }

        @Override
        public void failed(IOException cause) {
            underWay.remove(told);
            told.failed(cause);
        }
    }
}
