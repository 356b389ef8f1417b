package dev.lockstep.volume;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that is held for a fraction of a microsecond at a time. Who finds it held looks again a few times before it sleeps, as to fall
 * asleep and be woken up takes many times as long as the lock is held. Reentrant, not fair.
 */
final class ShortLock {
    /** Some microseconds: longer than anything is done under the lock by a thread that keeps its processor. */
    private static final int LOOKS = 200;

    private final ReentrantLock lock = new ReentrantLock();

    void lock() {
        if (!lock.tryLock()) {
            lockSoon();
        }
    }

    private void lockSoon() {
        for (int look = 0; look < LOOKS; look++) {
            Thread.onSpinWait();
            if (!lock.isLocked() && lock.tryLock()) {
                return;
            }
        }
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }
}
