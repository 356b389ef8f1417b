package dev.lockstep.report;

/**
 * A result or a text is not what it should be. The message is one sentence for the user: the file, the place in it,
 * what is there and what was expected.
 */
public final class ReportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with this sentence. */
    public ReportException(String message) {
        super(message);
    }

    /** Makes an exception with this sentence and what led to it. */
    public ReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
