package dev.lockstep.validate;

import dev.lockstep.region.Step;
import dev.lockstep.volume.CallerOrPool;
import dev.lockstep.volume.Steps;
import dev.lockstep.volume.ThreadSteps;
import java.io.IOException;
import java.util.concurrent.Phaser;

/** Who runs the steps of a mirror that is recorded. */
public enum Seam {
    /** Threads of a pool, each step by itself. */
    POOL {
        @Override
        Running of(int threads) {
            ThreadSteps steps = new ThreadSteps(threads);
            return new Running() {
                @Override
                public void offer(Step step, Runnable body) {
                    steps.offer(step, body);
                }

                @Override
                public void here(CallerOrPool.Asking asking) throws IOException {
                    asking.ask();
                }

                @Override
                public void await() {
                    steps.await();
                }

                @Override
                public void close() {
                    steps.close();
                }
            };
        }
    },
    /**
     * As in a {@link dev.lockstep.volume.FileVolume}: whoever asks for something runs what follows from it, and makes at once, and with the step
     * that it follows from, what needs no I/O.
     */
    CALLERS {
        @Override
        Running of(int threads) {
            return new Callers(new CallerOrPool(threads));
        }
    };

    /** Begins. */
    abstract Running of(int threads);

    /** A seam that is used. Thread-safe. */
    interface Running extends Steps {
        /** Asks for something, and runs what follows from it if that is whose it is to run. */
        void here(CallerOrPool.Asking asking) throws IOException;

        /** Waits until all that was offered has run. */
        void await();

        /** Takes nothing more, and waits until all that was offered has run. */
        void close();
    }

    private static final class Callers implements Running {
        private final CallerOrPool steps;
        /** A party for each step that was offered and has not run, and one for whoever waits. */
        private final Phaser outstanding = new Phaser(1);

        Callers(CallerOrPool steps) {
            this.steps = steps;
        }

        @Override
        public void offer(Step step, Runnable body) {
            outstanding.register();
            steps.offer(step, () -> {
                try {
                    body.run();
                } finally {
                    outstanding.arriveAndDeregister();
                }
            });
        }

        @Override
        public boolean followsAtOnce() {
            return steps.followsAtOnce();
        }

        @Override
        public void here(CallerOrPool.Asking asking) throws IOException {
            steps.here(asking);
        }

        @Override
        public void await() {
            outstanding.arriveAndAwaitAdvance();
        }

        @Override
        public void close() {
            await();
            steps.close();
        }
    }
}
