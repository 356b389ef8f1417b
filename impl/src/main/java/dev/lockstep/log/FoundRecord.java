package dev.lockstep.log;

import dev.lockstep.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is believed of a labelled volume that is being opened, of all that its log and its legs' labels say. Spec module Generations,
 * action {@code Open}.
 *
 * @param opened   what is to be recorded now, in a new generation, before the volume is used
 * @param distrust why every region is dirty, whatever the log's bits say; empty if they may be believed
 * @param told     a sentence for each leg that is out of use and was not recorded as such
 */
public record FoundRecord(Superblock opened, Optional<String> distrust, List<String> told) {

    /**
     * A leg as it was found.
     *
     * @param name  its name for messages
     * @param there whether its file is there
     * @param label its label, if there is one that is whole
     */
    public record Found(String name, boolean there, Optional<LegLabel> label) {
    }

    /**
     * Judges what was found, and writes nothing.
     *
     * @param volume   the volume: what its log says, or what its user and the labels do, with entries for its legs
     * @param onLog    whether {@code volume} comes from a hardened log that could be trusted
     * @param distrust why the log's bits are not to be trusted, if they are not; a log in dm-mirror's format has no generation, and
     *                 its bits are believed if there is no other reason not to
     * @param clean    whether the log calls every region clean
     * @param legs     the legs in the first slots, in order; where a slot holds no leg, one that is not there
     * @return what is believed
     * @throws StoreException if the volume is not to be opened, one sentence: a leg is another volume's or another leg, or was taken out of
     *                        the volume, one is not named, two were each used without the other, none can be trusted, or the one that has
     *                        what is out of sync cannot be
     */
    public static FoundRecord judge(Superblock volume, boolean onLog, Optional<String> distrust, boolean clean, List<Found> legs)
            throws StoreException {
        requireOurs(volume, legs);
        requireUsedTogether(legs);
        return new Judging(volume, onLog, distrust, clean, legs).judge();
    }

    /** Refuses legs of another volume, and legs in another's place. */
    private static void requireOurs(Superblock volume, List<Found> legs) throws StoreException {
        UUID identity = volume.volume();
        for (int leg = 0; leg < legs.size(); leg++) {
            Found found = legs.get(leg);
            if (found.label.isPresent()) {
                LegLabel label = found.label.get();
                require(label.volume().equals(identity), found.name + ": is a leg of volume " + label.volume() + "; expected one of "
                        + identity);
                require(label.leg() == leg, found.name + ": is leg " + label.leg() + "; expected leg " + leg);
                require(label.bytes() == volume.bytes() && label.regionBytes() == volume.regionBytes(), found.name
                        + ": is a leg of " + label.bytes() + " bytes in regions of " + label.regionBytes() + "; expected "
                        + volume.bytes() + " in regions of " + volume.regionBytes());
            }
        }
    }

    /**
     * Legs that call each other out were each used alone: each has what the other lacks. Not so if the one that was written later knew of
     * the other's label: then that leg had failed, was taken back, and the other has failed since. (A slot that held no leg when a label
     * was written says nothing of the leg that it has got.) And of one generation there is one record, or it was made twice, each time
     * without the other leg. Spec module Generations, {@code Split}.
     */
    private static void requireUsedTogether(List<Found> legs) throws StoreException {
        for (int leg = 0; leg < legs.size(); leg++) {
            for (int other = 0; other < leg; other++) {
                boolean apart = callsOut(legs.get(leg), other) && callsOut(legs.get(other), leg)
                        && !follows(legs.get(leg), legs.get(other), other) && !follows(legs.get(other), legs.get(leg), leg)
                        || madeTwice(legs.get(leg).label, legs.get(other).label);
                require(!apart, legs.get(other).name + " and " + legs.get(leg).name + ": each was used without the other, and has what the other lacks; expected one of"
                        + " them to be taken away");
            }
        }
    }

    private static boolean madeTwice(Optional<LegLabel> one, Optional<LegLabel> other) {
        return one.isPresent() && other.isPresent() && (one.get().generation().isMadeApartFrom(other.get().generation())
                || one.get().generation().equals(other.get().generation()) && !one.get().membership().equals(other.get().membership()));
    }

    private static boolean callsOut(Found found, int leg) {
        return found.label.isPresent() && found.label.get().membership().isOut(leg) && !found.label.get().membership().isAbsent(leg);
    }

    /** Whether a label was written later than another, and by who knew of that one: spec module Generations, {@code Follows}. */
    private static boolean follows(Found later, Found earlier, int slot) {
        Generation of = earlier.label.orElseThrow().generation();
        return of.isBefore(later.label.orElseThrow().generation()) && later.label.get().known().get(slot).equals(of);
    }

    private static void require(boolean right, String otherwise) throws StoreException {
        if (!right) {
            throw new StoreException(otherwise);
        }
    }

    /** One judgement. */
    private static final class Judging {
        private final Superblock volume;
        private final boolean onLog;
        private final boolean clean;
        private final List<Found> legs;
        private final List<String> told = new ArrayList<>();
        private Optional<String> distrust;

        Judging(Superblock volume, boolean onLog, Optional<String> distrust, boolean clean, List<Found> legs) {
            this.volume = volume;
            this.onLog = onLog;
            this.distrust = distrust;
            this.clean = clean;
            this.legs = legs;
        }

        FoundRecord judge() throws StoreException {
            Optional<LegLabel> newest = newest();
            Generation highest = newest.map(LegLabel::generation).orElse(Generation.NONE);
            boolean apart = volume.generation().isMadeApartFrom(highest);
            boolean believed = onLog && !volume.generation().isBefore(highest) && !apart;
            if (onLog && apart) {
                distrust = Optional.of("the log and a leg are of generation " + highest.number() + ", and not of the same one; expected the"
                        + " leg to have the log's: the log has been put back or was not used with its legs");
            } else if (onLog && !believed) {
                distrust = Optional.of("the log is of generation " + volume.generation().number() + ", and a leg of " + highest.number()
                        + "; expected the log not to be older: it has been put back or was not used with its legs");
            }
            require(believed || newest.isPresent(), "no leg of volume " + volume.volume() + " has a label; expected one at least");
            Membership recorded = believed ? volume.membership() : newest.get().membership();
            List<Generation> known = believed ? volume.slots().stream().map(Superblock.LegEntry::generation).toList()
                    : newest.get().known();
            requireAllNamed(recorded);
            int out = recorded.out();
            List<Superblock.LegEntry> entries = new ArrayList<>(volume.slots());
            for (int leg = 0; leg < legs.size(); leg++) {
                if (!recorded.isAbsent(leg)) {
                    out |= judged(leg, known.get(leg), recorded) ? 0 : 1 << leg;
                    if (!believed) {
                        entries.set(leg, entries.get(leg).in(later(known.get(leg), legs.get(leg).label)));
                    }
                }
            }
            Membership now = new Membership(out, source(recorded.source(), out), recorded.absent());
            Generation next = new Generation(Math.max(highest.number(), believed ? volume.generation().number() : 0) + 1, 0);
            return new FoundRecord(new Superblock(volume.volume(), volume.bytes(), volume.regionBytes(), next, now, entries), distrust,
                    List.copyOf(told));
        }

        private Optional<LegLabel> newest() {
            return legs.stream().flatMap(found -> found.label.stream())
                    .reduce((one, other) -> one.generation().isBefore(other.generation()) ? other : one);
        }

        private static Generation later(Generation known, Optional<LegLabel> label) {
            return label.filter(found -> !found.isStale(known)).map(LegLabel::generation).orElse(known);
        }

        /** Refuses a leg that was taken out of the volume, one that it never had, and to be opened with some of the legs unnamed. */
        private void requireAllNamed(Membership recorded) throws StoreException {
            for (int slot = 0; slot < Superblock.SLOTS; slot++) {
                if (slot >= legs.size()) {
                    require(recorded.isAbsent(slot), "volume " + volume.volume() + " has a leg " + slot + ", and legs 0 to " + (legs.size() - 1)
                            + " are named; expected all to be");
                } else if (recorded.isAbsent(slot)) {
                    require(!legs.get(slot).there, takenOut(slot));
                }
            }
        }

        private String takenOut(int slot) {
            Found found = legs.get(slot);
            return found.name + ": is " + found.label.map(label -> "leg " + slot + " as of generation " + label.generation().number()
                    + ", and was taken out of the volume later").orElse("named as leg " + slot + ", and the volume has none there")
                    + "; expected it not to be named";
        }

        /** Whether a leg may be used, if it was recorded to be; what it holds may not be known, and then every region is dirty. */
        private boolean judged(int leg, Generation known, Membership recorded) {
            Found found = legs.get(leg);
            String sentence;
            if (!found.there) {
                sentence = "leg " + leg + ", " + found.name + ": is not there; the volume is used without it";
            } else if (found.label.isEmpty()) {
                sentence = found.name + ": has no label that is whole; it is out of use until it is rebuilt";
            } else if (found.label.get().isStale(known)) {
                sentence = found.label.get().isOfNewcomer() ? found.name + ": was to come into the volume and did not; it is out of use until it is"
                        + " rebuilt" : found.name + ": is of " + (found.label.get().generation().isMadeApartFrom(known) ? "another generation " : "generation ")
                        + found.label.get().generation().number() + "; expected " + known.number()
                        + " or later: it has been put back, and is out of use until it is rebuilt";
            } else {
                return true;
            }
            if (!recorded.isOut(leg)) {
                told.add(sentence);
            }
            if (found.there && distrust.isEmpty()) {
                // It may differ anywhere from what the log calls equal.
                distrust = Optional.of(sentence);
            }
            return false;
        }

        private int source(int recorded, int out) throws StoreException {
            require(out != Membership.below(Superblock.SLOTS), "no leg of volume " + volume.volume()
                    + " can be trusted; expected one at least: " + String.join("; ", told));
            if ((out & 1 << recorded) == 0) {
                return recorded;
            }
            require(clean && distrust.isEmpty(), legs.get(recorded).name + ": is not there or cannot be trusted, and is the only leg"
                    + " that has the regions out of sync; expected it as it was when the volume was last used");
            return Integer.numberOfTrailingZeros(~out);
        }
    }
}
