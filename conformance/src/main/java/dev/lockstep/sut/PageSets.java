package dev.lockstep.sut;

import java.util.Arrays;

/**
 * What may be on the pages of a hardened log's device: of each page a set, the two copies of the superblock first, then those of the bits.
 * Where a set has more than one member a write is not durable, and the page may be torn as well. Arrays are not changed once they are here.
 */
final class PageSets {
    /** How many pages there are. */
    static final int PAGES = 4;
    /** The first copy of the bits. */
    static final int BITS = 2;
    /** How many copies there are of a page. */
    static final int COPIES = 2;
    private PageSets() {
    }

    /** The sets of pages that are durable. */
    static HardenedPage[][] only(HardenedPage[] pages) {
        HardenedPage[][] sets = new HardenedPage[pages.length][];
        for (int page = 0; page < pages.length; page++) {
            sets[page] = new HardenedPage[] {pages[page]};
        }
        return sets;
    }

    /** A set with one member more, if it is not in it. */
    static HardenedPage[] with(HardenedPage[] set, HardenedPage page) {
        if (Arrays.asList(set).contains(page)) {
            return set;
        }
        HardenedPage[] larger = Arrays.copyOf(set, set.length + 1);
        larger[set.length] = page;
        return larger;
    }

    /**
     * What a reader may find, whatever of the sets is left.
     *
     * @param floor the number of the newest page of bits that the last power cut left
     */
    static LogReadings readings(HardenedPage[][] sets, long floor) {
        LogReadings found = LogReadings.NONE;
        for (int one = 0; one < members(sets[BITS]); one++) {
            for (int other = 0; other < members(sets[BITS + 1]); other++) {
                HardenedPage newest = newest(member(sets[BITS], one), member(sets[BITS + 1], other));
                found = newest == null ? found.withUntrusted() : found.with(newest.bits(), newest.number() < floor);
            }
        }
        for (int one = 0; one < members(sets[0]); one++) {
            for (int other = 0; other < members(sets[1]); other++) {
                found = newest(member(sets[0], one), member(sets[1], other)) == null ? found.withUntrusted() : found;
            }
        }
        return found;
    }

    /** A page that may be torn has one member more: null stands for it. */
    private static int members(HardenedPage[] set) {
        return set.length == 1 ? 1 : set.length + 1;
    }

    private static HardenedPage member(HardenedPage[] set, int index) {
        return index < set.length ? set[index] : null;
    }

    /** What a reader believes of two copies: the newest that is whole; null if neither is, or they contradict each other. */
    static HardenedPage newest(HardenedPage one, HardenedPage other) {
        boolean first = one != null && one.isWhole();
        boolean second = other != null && other.isWhole();
        if (first && second && one.number() == other.number() && one.bits() != other.bits()) {
            return null;
        }
        return first && (!second || one.number() >= other.number()) ? one : second ? other : null;
    }
}
