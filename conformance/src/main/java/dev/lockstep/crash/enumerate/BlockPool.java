package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.inside.Stamp;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every content that a block ever had, once, with a number: two blocks hold the same bytes just if they hold the same number.
 * Number 0 is zeros. Numbers are given in the order in which contents are met, so they are the same each time. Not thread-safe.
 */
final class BlockPool {
    static final int ZEROS = 0;

    private final Map<Content, Integer> numbers = new HashMap<>();
    private final List<ByteBuffer> contents = new ArrayList<>();

    /** A block's bytes. A recovery asks for numbers more than for anything else, and a buffer's own hash goes byte by byte. */
    private static final class Content {
        private final ByteBuffer bytes;
        private final int hash;

        Content(ByteBuffer bytes) {
            this.bytes = bytes;
            long mixed = 0;
            for (int at = 0; at < Stamp.BLOCK; at += Long.BYTES) {
                mixed = mixed * 31 + bytes.getLong(at);
            }
            this.hash = Long.hashCode(mixed);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Content content && hash == content.hash && bytes.equals(content.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    BlockPool() {
        number(ByteBuffer.allocate(Stamp.BLOCK));
    }

    /** The number of the block that a buffer holds from its position on; the position is moved over it. */
    int number(ByteBuffer from) {
        ByteBuffer block = from.slice(from.position(), Stamp.BLOCK);
        from.position(from.position() + Stamp.BLOCK);
        Integer known = numbers.get(new Content(block));
        if (known != null) {
            return known;
        }
        ByteBuffer kept = ByteBuffer.allocate(Stamp.BLOCK).put(block).flip().asReadOnlyBuffer();
        contents.add(kept);
        numbers.put(new Content(kept), contents.size() - 1);
        return contents.size() - 1;
    }

    /** The number of a recognisable content. */
    int stamped(long block, long content) {
        ByteBuffer bytes = ByteBuffer.allocate(Stamp.BLOCK);
        Stamp.put(block, content, bytes);
        return number(bytes.flip());
    }

    /** Puts a content's bytes. */
    void put(int number, ByteBuffer into) {
        into.put(contents.get(number).duplicate());
    }
}
