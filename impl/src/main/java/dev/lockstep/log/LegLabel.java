package dev.lockstep.log;

import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
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
 * <tr><td>8</td><td>4</td><td>version, 1</td></tr>
 * <tr><td>12</td><td>4</td><td>CRC32C of the whole copy, these four bytes taken as zeros</td></tr>
 * <tr><td>16</td><td>16</td><td>identity of the volume</td></tr>
 * <tr><td>32</td><td>8</td><td>generation</td></tr>
 * <tr><td>40</td><td>4</td><td>this leg, counted from 0</td></tr>
 * <tr><td>44</td><td>4</td><td>how many legs there are</td></tr>
 * <tr><td>48</td><td>4</td><td>the legs that are out of use, a bit each</td></tr>
 * <tr><td>52</td><td>4</td><td>the source</td></tr>
 * <tr><td>56</td><td>12</td><td>bytes of the volume (8), bytes of a region (4)</td></tr>
 * </table>
 *
 * @param volume      the volume's identity
 * @param bytes       the volume's length in bytes
 * @param regionBytes the length of a region in bytes
 * @param generation  the volume's generation when this was written
 * @param membership  which legs were out of use, and the source, as of it
 * @param leg         which leg this is, counted from 0
 * @param legs        how many there are
 */
public record LegLabel(UUID volume, long bytes, int regionBytes, long generation, Membership membership, int leg, int legs) {

    /** The version. */
    public static final int VERSION = 1;
    /** The length of a copy in bytes, and what its position is a multiple of. */
    public static final int PAGE = 4096;

    private static final long MAGIC = 0x4C42414C4B434F4CL;
    private static final int COPIES = 2;

    /**
     * The label of a leg in use.
     *
     * @param volume what the log says of the volume
     * @param leg    the leg, counted from 0
     * @return its label
     */
    static LegLabel of(Superblock volume, int leg) {
        return new LegLabel(volume.volume(), volume.bytes(), volume.regionBytes(), volume.generation(), volume.membership(), leg,
                volume.legs().size());
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
     */
    public static Optional<LegLabel> find(Leg from, long bytes) {
        return newest(copy(from, bytes, 0), copy(from, bytes, 1));
    }

    /**
     * Looks for a label of a volume whose length nobody says: at the end of a leg that is no longer than it has to be.
     *
     * @param from the leg
     * @return the label; empty if there is none, or it says that it belongs elsewhere
     */
    public static Optional<LegLabel> findAtEnd(Leg from) {
        long bytes = volumeBytes(from.length());
        return bytes <= 0 || legBytes(bytes) != from.length() ? Optional.empty()
                : find(from, bytes).filter(found -> position(found.bytes) == bytes);
    }

    private static Optional<LegLabel> newest(Optional<LegLabel> first, Optional<LegLabel> second) {
        boolean takeSecond = first.isEmpty() || second.isPresent() && second.get().generation > first.get().generation;
        return takeSecond ? second : first;
    }

    private static Optional<LegLabel> copy(Leg from, long bytes, int copy) {
        ByteBuffer page = ByteBuffer.allocateDirect(PAGE).order(ByteOrder.LITTLE_ENDIAN);
        if (legBytes(bytes) > from.length()) {
            return Optional.empty();
        }
        try {
            from.read(page, position(bytes) + (long) copy * PAGE);
            return decode(page);
        } catch (IOException e) {
            // A copy that cannot be read says nothing; the other may.
            return Optional.empty();
        }
    }

    /**
     * Writes this label, durably. First all that is on the leg is made durable; then the copy that is not whole or older is
     * written, and flushed, and then the other: so whatever a crash leaves, one copy is whole, the one that was believed before or
     * this.
     *
     * @param to the leg
     * @throws IOException if the leg has no room for a label, or fails
     */
    void write(Leg to) throws IOException {
        to.beginFlush().await();
        Optional<LegLabel> first = copy(to, bytes, 0);
        Optional<LegLabel> second = copy(to, bytes, 1);
        boolean secondFirst = second.isEmpty() || first.isPresent() && second.get().generation < first.get().generation;
        for (int turn = 0; turn < COPIES; turn++) {
            int copy = secondFirst ? 1 - turn : turn;
            to.write(encode(), position(bytes) + (long) copy * PAGE);
            to.beginFlush().await();
        }
    }

    private ByteBuffer encode() {
        ByteBuffer page = ByteBuffer.allocateDirect(PAGE).order(ByteOrder.LITTLE_ENDIAN);
        page.putLong(MAGIC).putInt(VERSION).putInt(0).putLong(volume.getMostSignificantBits())
                .putLong(volume.getLeastSignificantBits()).putLong(generation).putInt(leg).putInt(legs)
                .putInt(membership.out()).putInt(membership.source()).putLong(bytes).putInt(regionBytes);
        return page.putInt(HardenedFormat.CHECKSUM_OFFSET, HardenedFormat.checksum(page)).clear();
    }

    private static Optional<LegLabel> decode(ByteBuffer page) {
        page.clear();
        if (page.getInt(HardenedFormat.CHECKSUM_OFFSET) != HardenedFormat.checksum(page) || page.getLong() != MAGIC
                || page.getInt() != VERSION) {
            return Optional.empty();
        }
        page.getInt();
        UUID volume = new UUID(page.getLong(), page.getLong());
        long generation = page.getLong();
        int leg = page.getInt();
        int legs = page.getInt();
        try {
            Membership membership = new Membership(page.getInt(), page.getInt());
            return Optional.of(new LegLabel(volume, page.getLong(), page.getInt(), generation, membership, leg, legs));
        } catch (IllegalArgumentException e) {
            // Its checksum fits, and no Lockstep has written it.
            return Optional.empty();
        }
    }
}
