package dev.lockstep.volume;

import java.io.IOException;

/** Something asked of a leg has failed; the cause is what the leg said. */
final class LegIoException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int leg;

    LegIoException(int leg, IOException cause) {
        super(cause.getMessage(), cause);
        this.leg = leg;
    }

    int leg() {
        return leg;
    }

    /** What the leg itself said. */
    IOException said() {
        return (IOException) getCause();
    }
}
