package dev.lockstep.store;

import java.io.IOException;

/**
 * Something about a leg or a log is not as it must be. The message is one sentence that names the file, what was found
 * and what was expected, fit to be the only thing that a user is shown.
 */
public class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception without a cause.
     *
     * @param sentence the message
     */
    public StoreException(String sentence) {
        super(sentence);
    }

    /**
     * An exception with a cause.
     *
     * @param sentence the message, which does not need the cause to be understood
     * @param cause    what brought it about
     */
    public StoreException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
