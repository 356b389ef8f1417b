package dev.lockstep.log;

import dev.lockstep.store.Leg;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What a leg says of itself, behind its data: which volume's which leg it is, and which legs were in use when it last was. Spec
 * module Generations, variable {@code label}.
 *
 * <p>The data is at the leg's beginning, as dm-mirror expects it. The label's two copies, of {@value #PAGE} bytes each, follow it at
 * the next multiple of {@value #PAGE}. Of two copies that are whole the one of the higher generation is believed.
 *
 * <table>
 * <caption>The bytes of a copy; all numbers are little-endian; what is not named is zeros</caption>
 * <tr><th>offset</th><th>bytes</th><th>what</th></tr>
 * <tr><td>0</td><td>8</td><td>magic number: the bytes {@code LOCKLABL}</td></tr>
 * <tr><td>8</td><td>4</td><td>version, 2</td></tr>
 * <tr><td>12</td><td>4</td><td>CRC32C of the whole copy, these four bytes taken as zeros</td></tr>
 * <tr><td>16</td><td>16</td><td>identity of the volume</td></tr>
 * <tr><td>32</td><td>16</td><td>generation (8) and its nonce (8)</td></tr>
 * <tr><td>48</td><td>4</td><td>the slot of this leg, counted from 0</td></tr>
 * <tr><td>52</td><td>12</td><td>the slots that are out of use, a bit each (4), those that hold no leg (4), the source (4)</td></tr>
 * <tr><td>64</td><td>12</td><td>bytes of the volume (8), bytes of a region (4)</td></tr>
 * <tr><td>80</td><td>144</td><td>for each of nine slots the generation (8) that its leg's label was known to have, and its nonce (8)</td></tr>
 * </table>
 *
 * @param volume      the volume's identity
 * @param bytes       the volume's length in bytes
 * @param regionBytes the length of a region in bytes
 * @param generation  the volume's generation when this was written
 * @param membership  which legs were out of use, the source, and which slots held no leg, as of it
 * @param leg         the slot of this leg, counted from 0
 * @param known       for each slot the generation that its leg's label was known to have, durably, when this was written: what is older is
 *                    stale, as a leg that was taken out of the volume and came back in place of the one that followed it
 */
public record LegLabel(UUID volume, long bytes, int regionBytes, Generation generation, Membership membership, int leg,
        List<Generation> known) {

    /** The version. */
    public static final int VERSION = 2;
    /** The length of a copy in bytes, and what its position is a multiple of. */
    public static final int PAGE = 4096;

    private static final long MAGIC = 0x4C42414C4B434F4CL;
    private static final int COPIES = 2;
    private static final int KNOWN_OFFSET = 80;

    /** Keeps a copy. */
    public LegLabel {
        known = List.copyOf(known);
    }

    /**
     * The label of a leg in use.
     *
     * @param volume what the log says of the volume
     * @param leg    its slot, counted from 0
     * @return its label
     */
    static LegLabel of(Superblock volume, int leg) {
        return new LegLabel(volume.volume(), volume.bytes(), volume.regionBytes(), volume.generation(), volume.membership(), leg,
                volume.slots().stream().map(Superblock.LegEntry::generation).toList());
    }

    /**
     * Where the label of a leg begins.
     *
     * @param bytes the volume's length in bytes
     * @return the first multiple of {@value #PAGE} that is not below it
     */
    public static long position(long bytes) {
        return (bytes + PAGE - 1) / PAGE * PAGE;
    }

    /**
     * How long a leg with a label is, if it is as short as can be.
     *
     * @param bytes the volume's length in bytes
     * @return in bytes
     */
    public static long legBytes(long bytes) {
        return position(bytes) + COPIES * PAGE;
    }

    /**
     * How long a volume can be whose legs carry labels.
     *
     * @param legBytes the length of its shortest leg in bytes
     * @return in bytes; none if that is not above 0
     */
    public static long volumeBytes(long legBytes) {
        return legBytes / PAGE * PAGE - COPIES * PAGE;
    }

    /**
     * Reads a label, and changes nothing.
     *
     * @param from  the leg
     * @param bytes the volume's length in bytes
     * @return the newest copy that is whole; empty if none is, can be read or has room
     * @throws StoreException if there is none but one of another version than {@value #VERSION}, one sentence: it is not to be taken for
     *                        a leg without a label
     */
    public static Optional<LegLabel> find(Leg from, long bytes) throws StoreException {
        Optional<LegLabel> found = newest(copy(from, bytes, 0), copy(from, bytes, 1));
        for (int copy = 0; copy < COPIES && found.isEmpty(); copy++) {
            OptionalInt version = page(from, bytes, copy).map(page -> HardenedFormat.version(page, MAGIC)).orElse(OptionalInt.empty());
            if (version.isPresent() && version.getAsInt() != VERSION) {
                throw new StoreException(from.name() + ": carries a label of version " + version.getAsInt() + "; expected version " + VERSION
                        + ", as this Lockstep reads no other");
            }
        }
        return found;
    }

    /**
     * Looks for a label of a volume whose length nobody says: at the end of a leg that is no longer than it has to be.
     *
     * @param from the leg
     * @return the label; empty if there is none, or it says that it belongs elsewhere
     * @throws StoreException as {@link #find}
     */
    public static Optional<LegLabel> findAtEnd(Leg from) throws StoreException {
        long bytes = volumeBytes(from.length());
        return bytes <= 0 || legBytes(bytes) != from.length() ? Optional.empty()
                : find(from, bytes).filter(found -> position(found.bytes) == bytes);
    }

    /**
     * Whether this is not to be believed, by what is known of this leg's label. Spec module Generations, {@code Stale}. A label that was written
     * {@linkplain #isOfNewcomer before its leg came in} is believed by the record with which that leg came in, and by no other: if the leg that it
     * was to follow was taken back instead, nobody has waited for it.
     *
     * @param seen the generation that its label is known to have had
     * @return whether this is of an earlier one, or of one that was made apart from it, or of a leg that has not come in by that record
     */
    public boolean isStale(Generation seen) {
        return generation.isBefore(seen) || generation.isMadeApartFrom(seen) || isOfNewcomer() && !generation.equals(seen);
    }

    /** {@return whether this was written before its leg came in: then it is of a record by which there is none, or one that is out of use} */
    public boolean isOfNewcomer() {
        return membership.isOut(leg);
    }

    private static Optional<LegLabel> newest(Optional<LegLabel> first, Optional<LegLabel> second) {
        return first.isEmpty() || second.isPresent() && first.get().generation.isBefore(second.get().generation) ? second : first;
    }

    private static Optional<LegLabel> copy(Leg from, long bytes, int copy) {
        return page(from, bytes, copy).flatMap(LegLabel::decode);
    }

    private static Optional<ByteBuffer> page(Leg from, long bytes, int copy) {
        if (legBytes(bytes) > from.length()) {
            return Optional.empty();
        }
        ByteBuffer page = ByteBuffer.allocateDirect(PAGE).order(ByteOrder.LITTLE_ENDIAN);
        try {
            from.read(page, position(bytes) + (long) copy * PAGE);
            return Optional.of(page.clear());
        } catch (IOException e) {
            // A copy that cannot be read says nothing; the other may.
            return Optional.empty();
        }
    }

    /**
     * Writes this label, durably. First all that is on the leg is made durable; then the copy that is not whole or older is
     * written, and flushed, and then the other: so whatever a crash leaves, one copy is whole, the one that was believed before or
     * this. A label that would be believed rather than this, as it is of another leg or not older, is {@linkplain #erase erased} first.
     *
     * @param to the leg
     * @throws IOException if the leg has no room for a label, or fails
     */
    void write(Leg to) throws IOException {
        to.beginFlush().await();
        Optional<LegLabel> first = copy(to, bytes, 0);
        Optional<LegLabel> second = copy(to, bytes, 1);
        if (first.filter(this::wouldBeBelievedOver).isPresent() || second.filter(this::wouldBeBelievedOver).isPresent()) {
            erase(to, bytes);
            first = Optional.empty();
            second = Optional.empty();
        }
        boolean secondFirst = second.isEmpty() || first.isPresent() && second.get().generation.isBefore(first.get().generation);
        for (int turn = 0; turn < COPIES; turn++) {
            int copy = secondFirst ? 1 - turn : turn;
            to.write(encode(), position(bytes) + (long) copy * PAGE);
            to.beginFlush().await();
        }
    }

    /** Whether a label that is there would be believed while this one is being written, or in its place. */
    private boolean wouldBeBelievedOver(LegLabel there) {
        return !there.volume.equals(volume) || there.leg != leg || !there.generation.isBefore(generation) && !there.equals(this);
    }

    /**
     * Has a leg say nothing of itself any more, durably: one that was taken out of its volume is then like any other file. A crash until
     * this returns leaves the label or none.
     *
     * @param from  the leg
     * @param bytes the length in bytes of the volume that it belonged to
     * @throws IOException if the leg has no room for a label, or fails
     */
    public static void erase(Leg from, long bytes) throws IOException {
        for (int copy = 0; copy < COPIES; copy++) {
            from.write(ByteBuffer.allocateDirect(PAGE), position(bytes) + (long) copy * PAGE);
        }
        from.beginFlush().await();
    }

    private ByteBuffer encode() {
        ByteBuffer page = ByteBuffer.allocateDirect(PAGE).order(ByteOrder.LITTLE_ENDIAN);
        page.putLong(MAGIC).putInt(VERSION).putInt(0).putLong(volume.getMostSignificantBits())
                .putLong(volume.getLeastSignificantBits()).putLong(generation.number()).putLong(generation.nonce()).putInt(leg)
                .putInt(membership.out()).putInt(membership.absent()).putInt(membership.source()).putLong(bytes).putInt(regionBytes);
        page.position(KNOWN_OFFSET);
        known.forEach(each -> page.putLong(each.number()).putLong(each.nonce()));
        return page.putInt(HardenedFormat.CHECKSUM_OFFSET, HardenedFormat.checksum(page)).clear();
    }

    private static Optional<LegLabel> decode(ByteBuffer page) {
        if (page.getInt(HardenedFormat.CHECKSUM_OFFSET) != HardenedFormat.checksum(page) || page.getLong() != MAGIC
                || page.getInt() != VERSION) {
            return Optional.empty();
        }
        page.getInt();
        UUID volume = new UUID(page.getLong(), page.getLong());
        try {
            Generation generation = new Generation(page.getLong(), page.getLong());
            int leg = page.getInt();
            int out = page.getInt();
            int absent = page.getInt();
            Membership membership = new Membership(out, page.getInt(), absent);
            long bytes = page.getLong();
            int regionBytes = page.getInt();
            page.position(KNOWN_OFFSET);
            List<Generation> known = new ArrayList<>();
            for (int slot = 0; slot < Superblock.SLOTS; slot++) {
                known.add(new Generation(page.getLong(), page.getLong()));
            }
            return Optional.of(new LegLabel(volume, bytes, regionBytes, generation, membership, leg, known));
        } catch (IllegalArgumentException e) {
            // Its checksum fits, and no Lockstep has written it.
            return Optional.empty();
        }
    }
}
