package dev.lockstep.sut;

/** A system under test did not answer as it has to: it hangs, has died, or talks nonsense. That is a finding, and no more is asked of it. */
public final class AdapterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String observed;

    /**
     * What was expected of a system under test, and what came.
     *
     * @param expected what was expected, and of which event: one sentence without a stop
     * @param observed what came instead, and what the system last said for people to read: without a stop
     */
    public AdapterException(String expected, String observed) {
        super(observed + "; expected was " + expected);
        this.expected = expected;
        this.observed = observed;
    }

    /** {@return what was expected, and of which event} */
    public String expected() {
        return expected;
    }

    /** {@return what came instead, and what the system last said for people to read} */
    public String observed() {
        return observed;
    }
}
