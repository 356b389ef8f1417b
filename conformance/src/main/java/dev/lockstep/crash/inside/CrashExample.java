package dev.lockstep.crash.inside;

import java.util.List;

/**
 * A desync as a crash has left it, with what is needed to draw it: the bytes of two legs, and what the child told of the block
 * before it died.
 *
 * @param crash   {@code kill} or {@code power cut}
 * @param seed    the seed of the cycle; a race is not repeated by it, but tried again
 * @param block   the first block in which the legs differ, counted from the beginning of the volume
 * @param region  its region, whose bit says clean
 * @param legs    what the source and the first leg that differs from it hold there
 * @param end     when the crash came, in microseconds of the child's clock: when the last line before it was told
 * @param spans   what the child told from the last write of the block on, and the last store before it, in the order in which it
 *                began: the stores into the block, the writes of it, and the flushes that a user asked for
 * @param omitted how many spans are left out in the middle, so that a picture can be looked at
 */
public record CrashExample(String crash, long seed, long block, int region, List<LegBytes> legs, long end, List<Span> spans,
                           int omitted) {
    /** What a crash is called that is no power cut. */
    public static final String KILL = "kill";
    /** What a power cut is called. */
    public static final String POWER_CUT = "power cut";

    /**
     * A block as a leg holds it.
     *
     * @param leg   the leg
     * @param holds the number of the content that it holds whole, or -1
     * @param bytes its bytes in hex
     */
    public record LegBytes(int leg, long holds, String bytes) {
    }

    /**
     * Something that took time, on the child's clock.
     *
     * @param what    {@code store}, {@code write} (of the page, whose memory may be stored into meanwhile), {@code direct} (a write of
     *                memory that nobody stores into) or {@code flush}
     * @param content the number of the content that the block is given; null if it is what the page holds, or if this is a flush
     * @param begun   when it was told as begun, in microseconds
     * @param ended   when it was told as ended, which is its acknowledgement; null if it was not
     * @param flushed of a write: whether a flush has ended that began after the write had ended
     */
    public record Span(String what, Long content, long begun, Long ended, boolean flushed) {
        /** What a store is called. */
        public static final String STORE = "store";
        /** What a write of a page is called. */
        public static final String WRITE = "write";
        /** What a write of other memory is called. */
        public static final String DIRECT = "direct";
        /** What a flush is called. */
        public static final String FLUSH = "flush";
    }
}
