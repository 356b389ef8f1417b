package dev.lockstep.log;

/**
 * Which legs of a volume are in use, and which of them has what the others may lack: the variable {@code record} of {@code
 * Mirror.tla}, there {@code [out, source]}.
 *
 * <p>A leg is known by its slot, and keeps it: slots are never renumbered. A slot may hold no leg: one was taken out of the volume, or
 * none was ever put there. For the specification that is a leg that is out of use, recorded to be, and has nothing of the volume.
 *
 * @param out    the slots whose legs are out of use, a bit each: bit n is slot n. What is on them is not to be read, and not to be copied
 *               from, until they are readmitted
 * @param source the slot of the leg that a region out of sync is read and resynced from; never one that is out
 * @param absent the slots that hold no leg, a bit each; each of them is out too
 */
public record Membership(int out, int source, int absent) {

    /** Refuses a source that is out of use, and a slot without a leg that is not out, with one sentence. */
    public Membership {
        if (source < 0 || source >= Integer.SIZE || (out & 1 << source) != 0) {
            throw new IllegalArgumentException("the source is leg " + source + " and the legs out of use are "
                    + Integer.toBinaryString(out) + "; a source that is in use is expected");
        }
        if ((absent & ~out) != 0) {
            throw new IllegalArgumentException("the slots without a leg are " + Integer.toBinaryString(absent)
                    + " and the legs out of use are " + Integer.toBinaryString(out) + "; each slot without a leg is expected to be out");
        }
    }

    /**
     * {@return the membership of a volume whose slots all hold a leg that is in use}
     *
     * @param source the leg that a region out of sync is read and resynced from
     */
    public static Membership whole(int source) {
        return new Membership(0, source, 0);
    }

    /**
     * {@return whether a leg is out of use, or there is none}
     *
     * @param leg the leg
     */
    public boolean isOut(int leg) {
        return (out & 1 << leg) != 0;
    }

    /**
     * {@return whether a slot holds no leg}
     *
     * @param slot the slot
     */
    public boolean isAbsent(int slot) {
        return (absent & 1 << slot) != 0;
    }

    /**
     * {@return what this says of the first slots, and nothing of the others}
     *
     * @param slots how many; the source is one of them
     */
    public Membership within(int slots) {
        return new Membership(out & below(slots), source, absent & below(slots));
    }

    /**
     * {@return the same, where the slots from one on hold no leg}
     *
     * @param slots how many slots may hold one; the source is one of them
     */
    Membership withoutBeyond(int slots) {
        int beyond = below(Superblock.SLOTS) & ~below(slots);
        return new Membership(out | beyond, source, absent | beyond);
    }

    /** The bits of the first slots. */
    static int below(int slots) {
        return (1 << slots) - 1;
    }
}
