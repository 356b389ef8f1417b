package dev.lockstep.volume;

import java.io.IOException;

/**
 * Lets what is asked of a {@link FileVolume} in as long as it is not closed, and waits for its end where the caller does. Thread-safe.
 */
final class Requests {
    private final CallerOrPool threads;
    private final Gate gate = new Gate();

    Requests(CallerOrPool threads) {
        this.threads = threads;
    }

    /** Something that ends later. */
    @FunctionalInterface
    interface Beginning {
        void begin(Completion ended) throws IOException;
    }

    /** Something that has ended when it returns. */
    @FunctionalInterface
    interface Doing<T> {
        T perform() throws IOException;
    }

    /** Begins something, and waits for its end. */
    void await(Beginning beginning) throws IOException {
        CallerOrPool.Turn turn = threads.outside();
        int counter = gate.enter();
        try {
            awaitInside(turn, beginning);
        } finally {
            gate.leave(counter);
        }
    }

    /** Waits as {@link #await} does, for something that is let in already. */
    void awaitInside(Beginning beginning) throws IOException {
        awaitInside(threads.outside(), beginning);
    }

    private void awaitInside(CallerOrPool.Turn turn, Beginning beginning) throws IOException {
        Awaited end = new Awaited();
        threads.here(turn, () -> beginning.begin(end));
        end.await();
    }

    /** Begins something, if it is not too late, and waits for its end; false if it is. */
    boolean attend(Beginning beginning) throws IOException {
        CallerOrPool.Turn turn = threads.outside();
        int counter = gate.tryEnter();
        if (counter < 0) {
            return false;
        }
        try {
            awaitInside(turn, beginning);
        } finally {
            gate.leave(counter);
        }
        return true;
    }

    /** Begins something that is told of; it is let in until then. */
    void begin(Completion ended, Beginning beginning) throws IOException {
        int counter = gate.enter();
        boolean begun = false;
        try {
            beginning.begin(new Leaving(ended, counter));
            begun = true;
        } finally {
            if (!begun) {
                gate.leave(counter);
            }
        }
    }

    /** Does something in this thread. */
    <T> T perform(Doing<T> doing) throws IOException {
        int counter = gate.enter();
        try {
            return doing.perform();
        } finally {
            gate.leave(counter);
        }
    }

    /** Asks for something that nobody waits for; nothing happens if it is too late. */
    void request(Runnable asking) {
        int counter = gate.tryEnter();
        if (counter >= 0) {
            try {
                asking.run();
            } finally {
                gate.leave(counter);
            }
        }
    }

    /** Asks for something, and does in this thread what follows from it. */
    void here(CallerOrPool.Asking asking) throws IOException {
        threads.here(asking);
    }

    /** @throws IllegalStateException if this is called from a completion, which may not wait */
    void requireOutside() {
        threads.outside();
    }

    /** Lets nothing more in, and waits until what was let in has ended; false if it was closed before. */
    boolean close() {
        threads.outside();
        return gate.close();
    }

    private final class Leaving implements Completion {
        private final Completion told;
        private final int counter;

        Leaving(Completion told, int counter) {
            this.told = told;
            this.counter = counter;
        }

        @Override
        public void ended() {
            try {
                told.ended();
            } finally {
                gate.leave(counter);
            }
        }

        @Override
        public void failed(IOException cause) {
            try {
                told.failed(cause);
            } finally {
                gate.leave(counter);
            }
        }
    }
}
