package dev.lockstep.log;

import dev.lockstep.store.StoreException;

/** A record of the legs in use could not be made durable on one of them. */
public final class LegNotRecordedException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final int leg;

    /**
     * Tells of a leg that failed while a record was being written.
     *
     * @param leg   the leg, counted from 0
     * @param cause what the leg said
     */
    public LegNotRecordedException(int leg, Throwable cause) {
        super("leg " + leg + " did not take the record of the legs in use: " + cause.getMessage(), cause);
        this.leg = leg;
    }

    /** {@return the leg that failed, counted from 0} */
    public int leg() {
        return leg;
    }
}
