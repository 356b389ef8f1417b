package dev.lockstep.tlc;

/**
 * What the user gave cannot be checked: the spec, its configuration, or the TLC that was to be used. The message is one
 * sentence that names the file, the line where TLC tells it, and what is wrong.
 */
public final class SpecException extends TlcException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with this sentence. */
    public SpecException(String message) {
        super(message);
    }

    /** Makes an exception with this sentence and what led to it. */
    public SpecException(String message, Throwable cause) {
        super(message, cause);
    }
}
