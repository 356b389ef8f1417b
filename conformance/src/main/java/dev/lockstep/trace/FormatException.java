package dev.lockstep.trace;

/**
 * Some text or file is not what it should be. The message is one sentence for the user: place, what is there, what was
 * expected.
 */
public final class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with this sentence. */
    public FormatException(String message) {
        super(message);
    }

    /** Makes an exception with this sentence and what led to it. */
    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
