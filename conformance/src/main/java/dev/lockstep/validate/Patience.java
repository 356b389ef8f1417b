package dev.lockstep.validate;

import java.util.function.LongSupplier;

/** Tells a mirror that hangs from one that is slow: of one that hangs nothing is seen any more. Its threads pause for microseconds only. */
final class Patience {
    /** Of a mirror that hangs nothing is seen for so long. */
    static final int LONGEST_QUIET_SECONDS = 20;

    private static final int LOOK_MILLIS = 500;
    private static final long BILLION = 1_000_000_000;

    private Patience() {
    }

    /**
     * Waits for a thread's end.
     *
     * @param seen how much was seen until now
     * @return false if nothing more was seen for long, and the thread is at whatever it is at
     */
    static boolean await(Thread thread, LongSupplier seen) throws InterruptedException {
        long before = seen.getAsLong();
        long since = System.nanoTime();
        thread.join(LOOK_MILLIS);
        while (thread.isAlive()) {
            long now = seen.getAsLong();
            if (now != before) {
                before = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > LONGEST_QUIET_SECONDS * BILLION) {
                return false;
            }
            thread.join(LOOK_MILLIS);
        }
        return true;
    }
}
