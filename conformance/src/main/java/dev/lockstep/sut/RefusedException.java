package dev.lockstep.sut;

/** The mirror does not do now what the trace says comes next. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String sentence) {
        super(sentence);
    }
}
