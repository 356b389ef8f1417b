package dev.lockstep.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * What a hardened log says of its volume, so that the volume can be named by its log alone.
 *
 * @param volume      the volume's identity
 * @param bytes       the volume's length in bytes
 * @param regionBytes the length of a region in bytes; the last may be cut short
 * @param source      the leg that a region out of sync is read and resynced from, counted from 0
 * @param legs        the legs, in order
 */
public record Superblock(UUID volume, long bytes, int regionBytes, int source, List<LegEntry> legs) {

    /**
     * What a log says of a leg.
     *
     * @param path       where it is, as text; may be empty
     * @param labelled   whether it carries a label, of the volume's identity and its generation
     * @param generation the generation that its label has, if it carries one
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
        require(source >= 0 && source < legs.size(), "the source is leg " + source + " of " + legs.size()
                + "; expected one of them");
        int needed = legs.stream().mapToInt(leg -> HardenedFormat.ENTRY + utf8(leg.path()).length).sum();
        require(needed <= HardenedFormat.ROOM_FOR_LEGS, "the paths of the legs take " + needed + " bytes in the log; expected "
                + HardenedFormat.ROOM_FOR_LEGS + " at most");
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
        return new Superblock(volume, bytes, regionBytes, source, others);
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
