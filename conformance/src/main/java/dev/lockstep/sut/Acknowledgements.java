package dev.lockstep.sut;

import dev.lockstep.volume.Completion;
import java.io.IOException;

/**
 * Those who have asked for a flush, or for the unmount, and wait to be told that it has ended: that acknowledges what it covers, so they are
 * told by its end, not before it, and once. Not thread-safe.
 */
final class Acknowledgements {
    private int waiting;
    private int told;

    /** What somebody is to be told by who asks for something now. */
    Completion asked() {
        waiting++;
        return new Completion() {
            @Override
            public void ended() {
                told++;
            }

            @Override
            public void failed(IOException cause) {
                throw new IllegalStateException("what was asked for has failed", cause);
            }
        };
    }

    /**
     * Has something end.
     *
     * @param what  what ends
     * @param doing ends it
     * @throws RefusedException if anybody was told before it, or not each once by it
     */
    void end(String what, Operation.Doing doing) throws IOException {
        if (told != 0) {
            throw new RefusedException("who waits for " + what + " was told before its end");
        }
        doing.perform();
        if (told != waiting) {
            throw new RefusedException(waiting + " waited for " + what + ", and " + told + " were told of its end");
        }
        forget();
    }

    /** Nobody waits any more: a crash tells nobody. */
    void forget() {
        waiting = 0;
        told = 0;
    }
}
