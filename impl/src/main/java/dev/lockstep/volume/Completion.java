package dev.lockstep.volume;

import java.io.IOException;

/**
 * Told once how something ended: a write, a flush, a sync(), an unmount. It is called on the thread of the step that ended
 * it, with no lock held, and may ask for more; it throws nothing.
 */
public interface Completion {

    /** It is done, and that counts as acknowledged. */
    void ended();

    /**
     * It was not done, or not known to be; nothing is acknowledged.
     *
     * @param cause why
     */
    void failed(IOException cause);

    /**
     * {@return a completion that runs something at the end, and lets a failure be seen where the volume is next used}
     *
     * @param action what to run
     */
    static Completion of(Runnable action) {
        return new Completion() {
            @Override
            public void ended() {
                action.run();
            }

            @Override
            public void failed(IOException cause) {
                // The volume refuses all further work and says why.
            }
        };
    }
}
