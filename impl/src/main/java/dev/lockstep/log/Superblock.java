package dev.lockstep.log;

import dev.lockstep.store.Leg;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a hardened log says of its volume, so that the volume can be named by its log alone.
 *
 * @param volume      the volume's identity
 * @param bytes       the volume's length in bytes
 * @param regionBytes the length of a region in bytes; the last may be cut short
 * @param generation  the volume's generation, from 1 on: a new one with each opening and each change of the membership
 * @param membership  which legs are out of use, and the source, as of that generation
 * @param legs        the legs, in order
 */
public record Superblock(UUID volume, long bytes, int regionBytes, long generation, Membership membership, List<LegEntry> legs) {
    /** The generation of a volume that has just been made. */
    public static final long FIRST_GENERATION = 1;

    /**
     * What a log says of a leg.
     *
     * @param path       where it is, as text; may be empty
     * @param labelled   whether it carries a label, of the volume's identity and its generation
     * @param generation the generation that its label is known to have, durably; a label that has an older one is stale
     */
    public record LegEntry(String path, boolean labelled, long generation) {

        /**
         * Another generation.
         *
         * @param next the generation
         * @return the same leg with it
         */
        public LegEntry in(long next) {
            return new LegEntry(path, labelled, next);
        }
    }

    /**
     * Refuses, with one sentence, what no volume can have and what there is no room for.
     *
     * @throws IllegalArgumentException if it is refused
     */
    public Superblock {
        legs = List.copyOf(legs);
        require(bytes > 0 && regionBytes > 0 && (bytes - 1) / regionBytes < Integer.MAX_VALUE,
                "a log of " + bytes + " bytes in regions of " + regionBytes + "; expected 1 to " + Integer.MAX_VALUE + " regions");
        require(generation >= FIRST_GENERATION, "the volume's generation is " + generation + "; expected 1 or more");
        require(membership.source() < legs.size(), "the source is leg " + membership.source() + " of " + legs.size()
                + "; expected one of them");
        require(membership.out() >>> legs.size() == 0, "the legs out of use are " + Integer.toBinaryString(membership.out()) + " of "
                + legs.size() + "; expected some of them");
        int needed = legs.stream().mapToInt(leg -> HardenedFormat.ENTRY + utf8(leg.path()).length).sum();
        require(needed <= HardenedFormat.ROOM_FOR_LEGS, "the paths of the legs take " + needed + " bytes in the log; expected "
                + HardenedFormat.ROOM_FOR_LEGS + " at most");
    }

    /**
     * What the log of a new volume says, whose legs are all in use.
     *
     * @param volume      the volume's identity
     * @param bytes       the volume's length in bytes
     * @param regionBytes the length of a region in bytes
     * @param source      the leg that a region out of sync is read and resynced from, counted from 0
     * @param legs        the legs, in order
     * @throws IllegalArgumentException if no volume can be so
     */
    public Superblock(UUID volume, long bytes, int regionBytes, int source, List<LegEntry> legs) {
        this(volume, bytes, regionBytes, FIRST_GENERATION, Membership.whole(source), legs);
    }

    /**
     * Reads what a hardened log says of its volume, whatever the bits behind it are worth; changes nothing.
     *
     * @param leg where the log is
     * @return the newest superblock that is whole; empty if none is, or it is no hardened log
     */
    public static Optional<Superblock> find(Leg leg) {
        return LogFormat.of(leg) == LogFormat.HARDENED ? HardenedContents.superblock(leg) : Optional.empty();
    }

    /**
     * The same volume in another generation.
     *
     * @param next  the generation
     * @param other the membership as of it
     * @return the same with both; what is known of the labels is unchanged
     */
    public Superblock in(long next, Membership other) {
        return new Superblock(volume, bytes, regionBytes, next, other, legs);
    }

    /**
     * The leg that a region out of sync is read and resynced from.
     *
     * @return counted from 0
     */
    public int source() {
        return membership.source();
    }

    /**
     * How many regions the volume has.
     *
     * @return at least 1
     */
    public int regions() {
        return (int) ((bytes - 1) / regionBytes) + 1;
    }

    /**
     * The same with other entries for its legs.
     *
     * @param others the entries
     * @return the same volume
     */
    public Superblock with(List<LegEntry> others) {
        return new Superblock(volume, bytes, regionBytes, generation, membership, others);
    }

    static byte[] utf8(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
