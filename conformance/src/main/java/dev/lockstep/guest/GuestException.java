package dev.lockstep.guest;

import java.io.IOException;

/** Something about the guest went wrong: it could not be built or booted, or did not answer. One sentence says what. */
public final class GuestException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * An exception without a cause.
     *
     * @param sentence what went wrong; it may be followed by the last lines of the guest's console
     */
    public GuestException(String sentence) {
        super(sentence);
    }

    /**
     * An exception with a cause.
     *
     * @param sentence what went wrong
     * @param cause    why
     */
    public GuestException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
