package dev.lockstep.log;

/**
 * The two copies of one page: which is believed, and which is overwritten next. Spec module TwoCopies ({@code Newest}, {@code
 * LastWritten}). Why that is right is told at {@link HardenedLog}. Not thread-safe.
 */
final class Copies {
    private static final long TORN = 0;

    /** The copy that was believed; -1 if none is whole. */
    private final int newest;
    /** The copy that was written last, and is overwritten next. */
    private int last;
    /** The number of the last write. */
    private long number;

    private Copies(int newest, int last, long number) {
        this.newest = newest;
        this.last = last;
        this.number = number;
    }

    /**
     * The copies as they were found.
     *
     * @param numbers the sequence number of each, 0 if it is not whole
     * @param second  whether each says that it was written second, the other one being durable
     */
    static Copies of(long[] numbers, boolean[] second) {
        int newer = numbers[0] >= numbers[1] ? 0 : 1;
        return new Copies(numbers[newer] == TORN ? -1 : newer, lastWritten(numbers, second, newer), numbers[newer]);
    }

    private static int lastWritten(long[] numbers, boolean[] second, int newer) {
        if (numbers[0] == TORN || numbers[1] == TORN) {
            return numbers[0] == TORN ? 0 : 1;
        } else if (numbers[0] == numbers[1]) {
            return second[0] ? 0 : 1;
        }
        // A second copy was written when the other was durable with the same number: that one has been damaged since.
        return second[newer] ? 1 - newer : newer;
    }

    /** The copies of a page that has just been written, number 1, the copy 1 second. */
    static Copies made() {
        return new Copies(0, 1, 1);
    }

    int newest() {
        return newest;
    }

    int last() {
        return last;
    }

    long number() {
        return number;
    }

    /** A write begins: it goes to the last copy. Its number is one that no write had that may still come to light. */
    void next() {
        number++;
    }

    /** The last copy is durable, and the other is written: should that fail, it is the one to write again. */
    void repeat() {
        last = 1 - last;
    }
}
