package dev.lockstep.validate;

import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Policy;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Where the legs read a copy of a page: no page is stored into while one is submitted. The mirror copies the page and counts the write in after that; in
 * the specification that is one step, {@code Submit}. A store between the two is thus no behaviour of the specification, and a recording of one is
 * rejected; spec/README.md tells of that. Under other policies nothing is kept apart. Thread-safe.
 */
final class CopiedPages {
    private final boolean copied;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** Something that is done meanwhile; it may throw. */
    @FunctionalInterface
    interface Doing<E extends Exception> {
        void perform() throws E;
    }

    CopiedPages(Policy policy) {
        this.copied = policy.legsRead() == LegsRead.COPIED;
    }

    /** Stores into a page, maybe beside other stores. */
    <E extends Exception> void store(Doing<E> doing) throws E {
        perform(doing, true);
    }

    /** Submits a page. */
    <E extends Exception> void submit(Doing<E> doing) throws E {
        perform(doing, false);
    }

    private <E extends Exception> void perform(Doing<E> doing, boolean shared) throws E {
        if (!copied) {
            doing.perform();
            return;
        }
        var held = shared ? lock.readLock() : lock.writeLock();
        held.lock();
        try {
            doing.perform();
        } finally {
            held.unlock();
        }
    }
}
