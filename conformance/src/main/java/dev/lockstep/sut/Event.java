package dev.lockstep.sut;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a driven mirror is told: something from its user, from its devices or from its crash, or that the rig has done what the mirror
 * wanted.
 *
 * @param kind  what has happened
 * @param write the write's number; 0 where there is none
 * @param block the block; 0 where there is none
 * @param leg   the leg; 0 where there is none
 * @param bits  what the log was found to say, a bit a region, true is clean; empty but when the volume is opened
 * @param want  what the rig has done; null if it is not that
 * @param equal whether the legs were found equal; false but after a comparison
 */
public record Event(Kind kind, int write, int block, int leg, List<Boolean> bits, Want want, boolean equal) {

    /** What can happen. */
    public enum Kind {
        /** The volume is opened: bits. */
        OPEN,
        /** The user has submitted a write: write, block. */
        WRITE,
        /** The user asks for a flush; the mirror has to want {@code flush-legs} at once. */
        FLUSH,
        /** The user has read a block from a leg that the mirror said may serve it: block, leg. */
        READ,
        /** The user unmounts: there will be no writes any more. */
        UNMOUNT,
        /** The log's flush has ended. */
        LOG_FLUSHED,
        /** A leg's flush has ended: leg. */
        LEG_FLUSHED,
        /** sync() has returned, or idea 3's period is over. */
        SYNCED,
        /** The process is dead: all that it had in memory is lost. */
        KILL,
        /** The rig has done what was wanted: want; after a comparison, equal. */
        DONE;

        /** {@return its name in the line protocol; that of the want, if it is that} */
        String written() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Keeps a copy of the bits. */
    public Event {
        Objects.requireNonNull(kind);
        bits = List.copyOf(bits);
        if ((kind == Kind.DONE) != (want != null)) {
            throw new IllegalArgumentException(kind + " with " + want);
        }
    }

    /**
     * {@return one without more to it}
     *
     * @param kind what has happened
     */
    static Event of(Kind kind) {
        return new Event(kind, 0, 0, 0, List.of(), null, false);
    }

    static Event open(List<Boolean> bits) {
        return new Event(Kind.OPEN, 0, 0, 0, bits, null, false);
    }

    static Event write(int write, int block) {
        return new Event(Kind.WRITE, write, block, 0, List.of(), null, false);
    }

    static Event read(int block, int leg) {
        return new Event(Kind.READ, 0, block, leg, List.of(), null, false);
    }

    static Event legFlushed(int leg) {
        return new Event(Kind.LEG_FLUSHED, 0, 0, leg, List.of(), null, false);
    }

    static Event done(Want want) {
        return new Event(Kind.DONE, 0, 0, 0, List.of(), want, false);
    }

    static Event compared(Want want, boolean equal) {
        return new Event(Kind.DONE, 0, 0, 0, List.of(), want, equal);
    }

    /** {@return what the rig has done, if it is that} */
    public Optional<Want> done() {
        return Optional.ofNullable(want);
    }

    /** As it stands in the line protocol, but for its number. */
    @Override
    public String toString() {
        return WireText.of(this);
    }
}
