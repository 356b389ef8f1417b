package dev.lockstep.crash.inside;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/**
 * Contents that can be recognised: the bytes of a block (a sector of 512 B) are 64 words that each depend on the content's number,
 * on the block and on the word's place. So a write that is torn, stale or lands elsewhere is like no content of its block, and a
 * block that was stored into while it was read is told, word by word, from one that nobody ever wrote. Content 0 is zeros, as in
 * a new file. Pure functions.
 */
public final class Stamp {
    /** The length of a block in bytes. */
    public static final int BLOCK = 512;
    /** What a block holds that was never written. */
    public static final long ZEROS = 0;
    /** A block that holds no content whole. */
    public static final long MIXED = -1;

    private static final int WORDS = BLOCK / Long.BYTES;
    private static final int CONTENT_BITS = 40;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private Stamp() {
    }

    /**
     * Puts a content's bytes.
     *
     * @param block   the block, counted from the beginning of the volume, less than 2^23
     * @param content the content's number, from 0 to 2^40 - 1
     * @param into    where to, from its position on; its byte order is not used
     */
    public static void put(long block, long content, ByteBuffer into) {
        ByteBuffer little = into.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int word = 0; word < WORDS; word++) {
            little.putLong(word(block, content, word));
        }
        into.position(into.position() + BLOCK);
    }

    /**
     * {@return direct memory with the contents of blocks that follow one another}
     *
     * @param block    the first
     * @param contents their contents' numbers
     */
    public static ByteBuffer bytes(long block, List<Long> contents) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(contents.size() * BLOCK);
        for (int i = 0; i < contents.size(); i++) {
            put(block + i, contents.get(i), bytes);
        }
        return bytes.flip();
    }

    /**
     * {@return the number of the content that a block holds whole, or {@link #MIXED}}
     *
     * @param block the block
     * @param bytes what was read, from index {@code at} on
     * @param at    the index
     */
    public static long read(long block, ByteBuffer bytes, int at) {
        ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long content = content(little.getLong(at));
        return holds(little, at, block, content) ? content : MIXED;
    }

    /**
     * {@return the block that bytes are of}
     *
     * @param bytes those of a content that is not {@link #ZEROS}, which tell of no block
     * @param at    where they begin
     */
    public static long block(ByteBuffer bytes, int at) {
        return (bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(at) & Long.MAX_VALUE) >>> CONTENT_BITS;
    }

    private static boolean holds(ByteBuffer little, int at, long block, long content) {
        for (int word = 0; word < WORDS; word++) {
            if (little.getLong(at + word * Long.BYTES) != word(block, content, word)) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return whether each word of a block is that of one of some contents: what a block may hold that was stored into while it was
     * read}
     *
     * @param block    the block
     * @param bytes    what was read, from index {@code at} on
     * @param at       the index
     * @param contents the contents
     */
    public static boolean mixtureOf(long block, ByteBuffer bytes, int at, Set<Long> contents) {
        ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int word = 0; word < WORDS; word++) {
            int place = word;
            long found = little.getLong(at + word * Long.BYTES);
            if (contents.stream().noneMatch(content -> word(block, content, place) == found)) {
                return false;
            }
        }
        return true;
    }

    /** The first word is block and number, so that the number can be read off; its highest bit tells it from the zeros of content 0. */
    private static long word(long block, long content, int word) {
        if (content == ZEROS) {
            return 0;
        }
        long first = Long.MIN_VALUE | block << CONTENT_BITS | content;
        return word == 0 ? first : mix(first + word * SPREAD);
    }

    private static long content(long firstWord) {
        return firstWord & (1L << CONTENT_BITS) - 1;
    }

    private static long mix(long seed) {
        long mixed = (seed ^ seed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
