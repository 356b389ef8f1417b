package dev.lockstep.volume;

import java.io.IOException;

/** Something asked of a leg has failed; the cause is what the leg said. It was asked of it in one use of the leg, which may be over when the failure is noticed. */
final class LegIoException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int leg;
    private final int use;

    LegIoException(int leg, int use, IOException cause) {
        super(cause.getMessage(), cause);
        this.leg = leg;
        this.use = use;
    }

    int leg() {
        return leg;
    }

    /** Which use of the leg it was, as {@link Devices#use} counts them. */
    int use() {
        return use;
    }

    /** What the leg itself said. */
    IOException said() {
        return (IOException) getCause();
    }
}
