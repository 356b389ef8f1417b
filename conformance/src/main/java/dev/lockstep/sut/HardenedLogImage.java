package dev.lockstep.sut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * What a crash left of a hardened log's device, and of it what an independent reader of the format finds. Sequence numbers rise with
 * every write, so two images are equal if they are but for the numbers: which copies are whole, which is newer, which says that it was
 * second, what each has and what a power cut may make of each. Which copy lies first makes no difference.
 */
final class HardenedLogImage implements LogDeviceImage {
    private final HardenedPage[] pages;
    private final HardenedPage[][] sets;
    private final long floor;
    private final long mayFall;
    private final IntSupplier turns;
    private final String shape;

    /**
     * An image.
     *
     * @param pages what each page holds
     * @param sets  what a power cut may leave of each, but for torn ones
     * @param floor the number of the newest page of bits that the last power cut left
     * @param mayFall the set of bits that that cut might have left instead, if no flush has ended since
     * @param turns gives a number that is another each time, to choose by where more than one thing is possible
     */
    HardenedLogImage(HardenedPage[] pages, HardenedPage[][] sets, long floor, long mayFall, IntSupplier turns) {
        this.pages = pages;
        this.sets = sets;
        this.floor = floor;
        this.mayFall = mayFall;
        this.turns = turns;
        this.shape = shape(0) + "; " + shape(PageSets.BITS);
    }

    HardenedPage[] pages() {
        return pages;
    }

    HardenedPage[][] sets() {
        return sets;
    }

    long floor() {
        return floor;
    }

    long mayFall() {
        return mayFall;
    }

    LogReadings readings() {
        return PageSets.readings(sets, floor);
    }

    private String shape(int first) {
        TreeSet<Long> numbers = new TreeSet<>();
        for (int copy = first; copy < first + PageSets.COPIES; copy++) {
            Arrays.stream(sets[copy]).filter(HardenedPage::isWhole).forEach(page -> numbers.add(page.number()));
        }
        List<Long> ranks = List.copyOf(numbers);
        String one = shape(first, ranks);
        String other = shape(first + 1, ranks);
        return one.compareTo(other) < 0 ? one + ", " + other : other + ", " + one;
    }

    private String shape(int copy, List<Long> ranks) {
        return shape(pages[copy], ranks)
                + Arrays.stream(sets[copy]).map(page -> shape(page, ranks)).sorted().collect(Collectors.joining(" ", " of {", "}"));
    }

    private static String shape(HardenedPage page, List<Long> ranks) {
        return page.isWhole() ? ranks.indexOf(page.number()) + (page.isSecond() ? "s" : "f") + Long.toBinaryString(page.bits()) : "torn";
    }

    @Override
    public long now() {
        return bits(pages);
    }

    /** The bits that a reader finds on pages; of what cannot be believed every one is dirty. */
    static long bits(HardenedPage[] pages) {
        LogReadings found = PageSets.readings(PageSets.only(pages), 0);
        return found.untrusted() ? 0 : Long.numberOfTrailingZeros(found.bits());
    }

    @Override
    public long may() {
        return readings().asBits();
    }

    @Override
    public LogDeviceImage cut(long bits) {
        int turn = turns.getAsInt();
        List<HardenedPage[]> possible = new ArrayList<>();
        for (HardenedPage one : left(PageSets.BITS, turn)) {
            for (HardenedPage other : left(PageSets.BITS + 1, turn)) {
                HardenedPage newest = PageSets.newest(one, other);
                if (newest != null && newest.bits() == bits && newest.number() >= floor) {
                    possible.add(new HardenedPage[] {pages[0], pages[1], one, other});
                }
            }
        }
        if (possible.isEmpty()) {
            throw new RefusedException("a power cut cannot leave the bits " + Long.toBinaryString(bits) + " in the log");
        }
        HardenedPage[] chosen = possible.get(turn % possible.size());
        return new HardenedLogImage(chosen, PageSets.only(chosen),
                PageSets.newest(chosen[PageSets.BITS], chosen[PageSets.BITS + 1]).number(), readings().bits() | mayFall, turns);
    }

    /** What a power cut may leave of a page, and one way in which it is torn. */
    private List<HardenedPage> left(int page, int turn) {
        List<HardenedPage> all = new ArrayList<>(List.of(sets[page]));
        if (all.size() > 1) {
            all.add(all.get(0).torn(all.get(all.size() - 1), turn % 2 == 0));
        }
        return all;
    }

    @Override
    public boolean meansTheSame(LogDeviceImage other) {
        return now() == other.now() && may() == other.may();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HardenedLogImage image && shape.equals(image.shape);
    }

    @Override
    public int hashCode() {
        return shape.hashCode();
    }

    @Override
    public String toString() {
        return shape;
    }
}
