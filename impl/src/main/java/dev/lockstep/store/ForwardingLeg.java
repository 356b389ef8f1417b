package dev.lockstep.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A leg that is another one, to be changed in part: what is not overridden goes through. As thread-safe as the other. */
public class ForwardingLeg implements Leg {
    private final Leg leg;

    /**
     * A way into a leg.
     *
     * @param leg the leg that everything goes to; it is closed with this one
     */
    protected ForwardingLeg(Leg leg) {
        this.leg = leg;
    }

    @Override
    public String name() {
        return leg.name();
    }

    @Override
    public long length() {
        return leg.length();
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        leg.read(into, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        leg.write(from, position);
    }

    @Override
    public Flush beginFlush() {
        return leg.beginFlush();
    }

    @Override
    public void close() throws IOException {
        leg.close();
    }
}
