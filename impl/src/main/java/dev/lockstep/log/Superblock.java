package dev.lockstep.log;

import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What a hardened log says of its volume, so that the volume can be named by its log alone.
 *
 * <p>There are {@value #SLOTS} slots for legs, and a leg keeps the slot that it has got. Which of them hold none the membership says; what
 * is said of those is {@link LegEntry#NONE}.
 *
 * @param volume      the volume's identity
 * @param bytes       the volume's length in bytes
 * @param regionBytes the length of a region in bytes; the last may be cut short
 * @param generation  the volume's generation: a new one with each opening and each change of the membership
 * @param membership  which legs are out of use, the source, and which slots hold no leg, as of that generation
 * @param slots       what each slot holds, in order
 */
public record Superblock(UUID volume, long bytes, int regionBytes, Generation generation, Membership membership, List<LegEntry> slots) {
    /** How many slots there are for legs. */
    public static final int SLOTS = 9;

    /**
     * What a log says of a leg.
     *
     * @param path       where it is, as text; may be empty
     * @param labelled   whether it carries a label, of the volume's identity and its generation
     * @param generation the generation that its label is known to have, durably; a label that has an older one, or another one of the same
     *                   number, is stale
     */
    public record LegEntry(String path, boolean labelled, Generation generation) {
        /** What is said of a slot that holds no leg. */
        public static final LegEntry NONE = new LegEntry("", false);

        /**
         * A leg of whose label nothing is known.
         *
         * @param path     where it is, as text; may be empty
         * @param labelled whether it carries a label
         */
        public LegEntry(String path, boolean labelled) {
            this(path, labelled, Generation.NONE);
        }

        /**
         * Another generation.
         *
         * @param next the generation
         * @return the same leg with it
         */
        public LegEntry in(Generation next) {
            return new LegEntry(path, labelled, next);
        }
    }

    /**
     * Refuses, with one sentence, what no volume can have and what there is no room for. Where fewer than {@value #SLOTS} slots are given
     * the others hold no leg, whatever the membership says of them.
     *
     * @throws IllegalArgumentException if it is refused
     */
    public Superblock {
        require(bytes > 0 && regionBytes > 0 && (bytes - 1) / regionBytes < Integer.MAX_VALUE,
                "a log of " + bytes + " bytes in regions of " + regionBytes + "; expected 1 to " + Integer.MAX_VALUE + " regions");
        require(generation.number() >= Generation.FIRST.number(), "the volume's generation is " + generation.number()
                + "; expected 1 or more");
        require(slots.size() <= SLOTS, "the volume has " + slots.size() + " legs; expected " + SLOTS + " at most");
        require(membership.source() < slots.size(), "the source is leg " + membership.source() + " of " + slots.size()
                + "; expected one of them");
        require(membership.out() >>> SLOTS == 0, "the legs out of use are " + Integer.toBinaryString(membership.out()) + "; expected some of "
                + SLOTS);
        membership = membership.withoutBeyond(slots.size());
        slots = entries(slots, membership);
        requireRoom(slots);
    }

    /** Refuses, with one sentence, paths that are too long. */
    static void requireRoom(List<LegEntry> slots) {
        int needed = slots.stream().mapToInt(leg -> HardenedFormat.ENTRY + utf8(leg.path()).length).sum();
        require(needed <= HardenedFormat.ROOM_FOR_LEGS, "the paths of the legs take " + needed + " bytes in the log; expected "
                + HardenedFormat.ROOM_FOR_LEGS + " at most");
    }

    private static List<LegEntry> entries(List<LegEntry> given, Membership membership) {
        List<LegEntry> entries = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            entries.add(membership.isAbsent(slot) ? LegEntry.NONE : given.get(slot));
        }
        return List.copyOf(entries);
    }

    /**
     * What the log of a new volume says, whose legs are all in use.
     *
     * @param volume      the volume's identity
     * @param bytes       the volume's length in bytes
     * @param regionBytes the length of a region in bytes
     * @param source      the leg that a region out of sync is read and resynced from, counted from 0
     * @param legs        the legs, in order; they have the first slots
     * @throws IllegalArgumentException if no volume can be so
     */
    public Superblock(UUID volume, long bytes, int regionBytes, int source, List<LegEntry> legs) {
        this(volume, bytes, regionBytes, Generation.FIRST, Membership.whole(source), legs);
    }

    /**
     * The slots up to the last that holds a leg: so many legs a volume has that is opened by its log alone, where one that is absent in
     * between is out of use. A volume whose only leg is the first has a second slot all the same.
     *
     * @return what is said of each, in order; at least two
     */
    public List<LegEntry> legs() {
        int held = Membership.below(SLOTS) & ~membership.absent();
        return slots.subList(0, Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(held)));
    }

    /**
     * Reads what a hardened log says of its volume, whatever the bits behind it are worth; changes nothing.
     *
     * @param leg where the log is
     * @return the newest superblock that is whole; empty if none is, or it is no hardened log
     * @throws StoreException if it is a hardened log of another version than {@value HardenedFormat#VERSION}, one sentence: it is not to
     *                        be taken for a log that is lost
     */
    public static Optional<Superblock> find(Leg leg) throws StoreException {
        if (LogFormat.of(leg) != LogFormat.HARDENED) {
            return Optional.empty();
        }
        Optional<Superblock> found = HardenedContents.superblock(leg);
        OptionalInt other = found.isPresent() ? OptionalInt.empty() : HardenedContents.otherVersion(leg);
        if (other.isPresent()) {
            throw new StoreException(leg.name() + ": is a hardened log of version " + other.getAsInt() + "; expected version "
                    + HardenedFormat.VERSION + ", as this Lockstep reads no other");
        }
        return found;
    }

    /**
     * The same volume in another generation.
     *
     * @param next  the generation
     * @param other the membership as of it
     * @return the same with both; what is known of the labels is unchanged
     */
    public Superblock in(Generation next, Membership other) {
        return new Superblock(volume, bytes, regionBytes, next, other, slots);
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
     * The same with other entries for its slots.
     *
     * @param others the entries; where there are fewer than {@value #SLOTS} the other slots hold no leg
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
