package dev.lockstep.crash;

import java.io.IOException;

/** A tier cannot run here, as something is missing on this machine; the message is one sentence that says what. */
public final class MissingPartException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param sentence what is missing, and what brings it
     */
    public MissingPartException(String sentence) {
        super(sentence);
    }
}
