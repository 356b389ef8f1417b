package dev.lockstep.tlc;

/**
 * TLC gave no verdict and no graph: it took too long, was killed, or failed for a reason of its own. The message is one
 * sentence for the user. What the user can put right is a {@link SpecException}.
 */
public class TlcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with this sentence. */
    public TlcException(String message) {
        super(message);
    }

    /** Makes an exception with this sentence and what led to it. */
    public TlcException(String message, Throwable cause) {
        super(message, cause);
    }
}
