package dev.lockstep.cli;

/**
 * What the user gave cannot be used. The message is one sentence that names the file or the value, what is wrong with
 * it and what was expected; it is all that is printed, and the exit code is {@link ExitCode#USAGE}.
 */
public final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with this sentence. */
    public UserMistake(String sentence) {
        super(sentence);
    }

    /** Makes an exception with this sentence and what led to it. */
    public UserMistake(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
