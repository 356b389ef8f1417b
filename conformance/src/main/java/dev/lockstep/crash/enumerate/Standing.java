package dev.lockstep.crash.enumerate;

import dev.lockstep.log.Membership;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an opening would make of what a crash left.
 *
 * @param generation the number of the generation that the log is of; 0 if it has none
 * @param membership which legs are in use, and which is the source
 * @param places     for each place the device that the log names there, {@link #NONE} where it holds no leg
 * @param wrong      what no crash may bring about, a sentence: the volume is refused, a leg is not trusted, or one is that must not be
 */
record Standing(long generation, Membership membership, List<Integer> places, Optional<String> wrong) {
    /** No device. */
    static final int NONE = -1;

    /** Keeps a copy. */
    Standing {
        places = List.copyOf(places);
    }

    /** Of a volume that cannot record it: every leg is in use, whatever a crash left. */
    static Standing whole(int legs, int source) {
        return new Standing(0, Membership.whole(source), IntStream.range(0, legs).boxed().toList(), Optional.empty());
    }

    /** The same, and something is wrong. */
    Standing but(String sentence) {
        return new Standing(generation, membership, places, Optional.of(sentence));
    }

    /** The device that a region out of sync is read and resynced from. */
    int source() {
        return places.get(membership.source());
    }

    /** The devices of the legs in use. */
    List<Integer> legsInUse() {
        return IntStream.range(0, places.size()).filter(place -> !membership.isOut(place)).mapToObj(places::get).toList();
    }

    /** For each place the device that a read of it is to be judged by: where no leg is in use that of the source. */
    List<Integer> readable() {
        return IntStream.range(0, places.size()).mapToObj(place -> membership.isOut(place) ? source() : places.get(place)).toList();
    }

    /** The device at a place, {@link #NONE} if it holds no leg. */
    int at(int place) {
        return place < places.size() ? places.get(place) : NONE;
    }
}
