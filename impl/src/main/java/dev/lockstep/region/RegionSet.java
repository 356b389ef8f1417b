package dev.lockstep.region;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * A set of regions, in no order. A write to a region that is in use moves it from one set to another, so that has to cost next to
 * nothing: no object is made for it. The memory follows from how many there are in it, and not from how many the volume has.
 *
 * <p>The order in which they are seen follows from what was done with the set, and from nothing else. Not thread-safe.
 */
final class RegionSet {
    private static final int NONE = -1;
    private static final int SMALLEST = 16;
    /** 2 to the power of 32, divided by the golden ratio: it spreads neighbours. */
    private static final int SPREAD = 0x9E3779B9;

    /** Each region at the first free place from its own on; more than half of the places are free. */
    private int[] places = free(SMALLEST);
    private int size;

    private static int[] free(int length) {
        int[] places = new int[length];
        Arrays.fill(places, NONE);
        return places;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(int region) {
        return places[find(region)] == region;
    }

    void add(int region) {
        int place = find(region);
        if (places[place] == NONE) {
            places[place] = region;
            size++;
            if (size == places.length / 2) {
                resize(places.length * 2);
            }
        }
    }

    void addAll(RegionSet other) {
        other.each(this::add);
    }

    /** Takes a region out, if it is in. */
    void remove(int region) {
        int gap = find(region);
        if (places[gap] != NONE) {
            closeGap(gap);
            size--;
            // At less than a sixth, so that it does not grow again soon; and below none for the smallest, which so never shrinks.
            if (size == places.length / 6 - 3) {
                resize(places.length / 2);
            }
        }
    }

    void clear() {
        places = free(SMALLEST);
        size = 0;
    }

    /** Shows every region; the set must not be changed meanwhile. */
    void each(IntConsumer use) {
        for (int region : places) {
            if (region != NONE) {
                use.accept(region);
            }
        }
    }

    /** Whether there is a region of that kind. */
    boolean any(IntPredicate kind) {
        if (size == 0) {
            return false;
        }
        for (int region : places) {
            if (region != NONE && kind.test(region)) {
                return true;
            }
        }
        return false;
    }

    /** The place where a region is, or else would be. */
    private int find(int region) {
        int place = own(region);
        while (places[place] != NONE && places[place] != region) {
            place = next(place);
        }
        return place;
    }

    private int own(int region) {
        return region * SPREAD >>> Integer.numberOfLeadingZeros(places.length - 1);
    }

    private int next(int place) {
        return place + 1 & places.length - 1;
    }

    /** Moves up what would not be found any more if there were a gap before it. */
    private void closeGap(int first) {
        int gap = first;
        for (int place = next(gap); places[place] != NONE; place = next(place)) {
            int fromOwn = place - own(places[place]) & places.length - 1;
            int fromGap = place - gap & places.length - 1;
            if (fromOwn >= fromGap) {
                places[gap] = places[place];
                gap = place;
            }
        }
        places[gap] = NONE;
    }

    private void resize(int length) {
        int[] before = places;
        places = free(length);
        for (int region : before) {
            if (region != NONE) {
                places[find(region)] = region;
            }
        }
    }
}
