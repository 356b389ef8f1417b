package dev.lockstep.sut;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Every content that a device's units were seen to have, with a number each: two have the same number only when their
 * bytes are equal, all of them. Not thread-safe.
 */
public final class Contents {
    /** A set of contents is a long, a bit each. */
    private static final int MOST = 64;

    private final int unitBytes;
    private final List<List<ByteBuffer>> known;

    /**
     * Of a device that has been seen to hold nothing yet.
     *
     * @param units     how many units the device has
     * @param unitBytes the length of a unit, in bytes
     */
    public Contents(int units, int unitBytes) {
        this.unitBytes = unitBytes;
        known = new ArrayList<>(units);
        for (int unit = 0; unit < units; unit++) {
            known.add(new ArrayList<>());
        }
    }

    int units() {
        return known.size();
    }

    int unitBytes() {
        return unitBytes;
    }

    /**
     * {@return the number of a content}
     *
     * @param unit  the unit
     * @param bytes its bytes, from position to limit; left as they were
     */
    int number(int unit, ByteBuffer bytes) {
        List<ByteBuffer> seen = known.get(unit);
        for (int number = 0; number < seen.size(); number++) {
            if (seen.get(number).mismatch(bytes) < 0) {
                return number;
            }
        }
        if (seen.size() == MOST) {
            throw new IllegalStateException("a unit was seen to have more than " + MOST + " contents");
        }
        ByteBuffer copy = ByteBuffer.allocateDirect(unitBytes);
        copy.put(bytes.duplicate()).flip();
        seen.add(copy);
        return seen.size() - 1;
    }

    /**
     * {@return the bytes that have a number, from index 0 on; not to be changed}
     *
     * @param unit   the unit
     * @param number the number
     */
    ByteBuffer bytes(int unit, int number) {
        return known.get(unit).get(number).duplicate();
    }
}
