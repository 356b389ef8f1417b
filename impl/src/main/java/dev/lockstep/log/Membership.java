package dev.lockstep.log;

/**
 * Which legs of a volume are in use, and which of them has what the others may lack: the variable {@code record} of {@code
 * Mirror.tla}, there {@code [out, source]}.
 *
 * @param out    the legs that are out of use, a bit each: bit n is leg n. What is on them is not to be read, and not to be copied
 *               from, until they are readmitted
 * @param source the leg that a region out of sync is read and resynced from; never one that is out
 */
public record Membership(int out, int source) {

    /** Refuses a source that is out of use, with one sentence. */
    public Membership {
        if (source < 0 || source >= Integer.SIZE || (out & 1 << source) != 0) {
            throw new IllegalArgumentException("the source is leg " + source + " and the legs out of use are "
                    + Integer.toBinaryString(out) + "; a source that is in use is expected");
        }
    }

    /**
     * {@return the membership of a volume whose legs are all in use}
     *
     * @param source the leg that a region out of sync is read and resynced from
     */
    public static Membership whole(int source) {
        return new Membership(0, source);
    }

    /**
     * {@return whether a leg is out of use}
     *
     * @param leg the leg
     */
    public boolean isOut(int leg) {
        return (out & 1 << leg) != 0;
    }
}
