package dev.lockstep.store;

/**
 * A write or a flush failed at the device, now or earlier: the leg takes no more writes and no more flushes until it
 * has been opened anew and its content made good. The message names the first failure, and the cause is that failure.
 */
public final class LegFailedException extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Tells of a failed leg.
     *
     * @param sentence the message: leg, what was tried, what the device answered
     * @param first    the first failure
     */
    public LegFailedException(String sentence, Throwable first) {
        super(sentence, first);
    }
}
