package dev.lockstep.cache;

import java.io.IOException;

/** Something that is done on a thread of its own, and may have to wait there. */
final class Beside {
    private final Thread thread;
    private IOException thrown;
    private boolean interruptedAfter;

    /** What is done. */
    @FunctionalInterface
    interface Doing {
        void perform() throws IOException;
    }

    private Beside(Doing doing) {
        thread = new Thread(() -> {
            try {
                doing.perform();
            } catch (IOException e) {
                thrown = e;
            }
            interruptedAfter = Thread.currentThread().isInterrupted();
        });
    }

    /** Begins it. */
    static Beside start(Doing doing) {
        Beside begun = new Beside(doing);
        begun.thread.start();
        return begun;
    }

    /** Begins it, and returns when it waits for something or is done. */
    static Beside begin(Doing doing) {
        Beside begun = start(doing);
        while (!begun.waits() && begun.thread.isAlive()) {
            Thread.onSpinWait();
        }
        return begun;
    }

    boolean waits() {
        return thread.getState() == Thread.State.WAITING;
    }

    Beside interrupt() {
        thread.interrupt();
        return this;
    }

    /** Waits for its end; what it has thrown, or null. */
    IOException end() throws InterruptedException {
        thread.join();
        return thrown;
    }

    /** Once it has ended: whether its thread was interrupted then. */
    boolean interruptedAfter() {
        return interruptedAfter;
    }
}
