package dev.lockstep.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Stands for a leg that is not there, so that a volume can be opened without it: whatever is asked of it fails, as it does with a leg
 * that has failed. Immutable.
 */
public final class MissingLeg extends NamedLeg {
    private final StoreException reason;

    /**
     * Stands for a leg.
     *
     * @param name   its name for messages
     * @param length the length that it is taken to have, in bytes: that of the volume
     * @param reason why it is not there, one sentence
     */
    public MissingLeg(String name, long length, StoreException reason) {
        super(name, length);
        this.reason = reason;
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        throw missing();
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        throw missing();
    }

    @Override
    public Flush beginFlush() {
        return () -> {
            throw missing();
        };
    }

    private LegFailedException missing() {
        return new LegFailedException(reason.getMessage(), reason);
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }
}
