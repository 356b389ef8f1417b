package dev.lockstep.validate;

import dev.lockstep.store.Leg;
import dev.lockstep.sut.Size;
import java.nio.ByteBuffer;

/**
 * The bytes that stand for the contents of the specification. A block is told from what it has elsewhere by three words: its content, the
 * number of the write past the page cache that it is from (0 if from none), and one more than the block: 0 is what a discard leaves. In memory
 * only the first two ever change, and a processor stores a word at once: so a block is never found to hold half of two contents, as the specification has it.
 */
final class Contents {
    /** How many contents a block may have. */
    static final int VALUES = 3;
    /** How many bytes are changed at a time: content and number. */
    private static final int CHANGED = 2 * Long.BYTES;

    /** How they are read. */
    static final Reading READING = new Reading() {
        @Override
        public int content(ByteBuffer bytes) {
            return value(bytes);
        }

        @Override
        public int block(ByteBuffer bytes) {
            return Contents.block(bytes);
        }

        @Override
        public int write(ByteBuffer bytes) {
            return Contents.write(bytes);
        }

        @Override
        public boolean discarded(ByteBuffer bytes) {
            return Contents.discarded(bytes);
        }

        @Override
        public void tell(ByteBuffer bytes, int block) {
            Contents.tell(bytes, block);
        }
    };

    private Contents() {
    }

    /** A whole block. */
    static ByteBuffer block(int block, int value, int write) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
        bytes.putLong(0, value).putLong(Long.BYTES, write).putLong(CHANGED, block + 1L);
        return bytes;
    }

    /** What a store puts at the beginning of a block's page. */
    static ByteBuffer store(int value) {
        ByteBuffer bytes = ByteBuffer.allocate(CHANGED);
        return bytes.putLong(0, value);
    }

    /** Changes a block's content. */
    static void change(ByteBuffer block, int value) {
        block.putLong(0, value);
    }

    /** The content of the block that a buffer begins with, from its position on. */
    static int value(ByteBuffer bytes) {
        return Math.toIntExact(bytes.getLong(bytes.position()));
    }

    /** The number of the write past the page cache that is in a buffer, from its position on; 0 if there is none. */
    static int write(ByteBuffer bytes) {
        return Math.toIntExact(bytes.getLong(bytes.position() + Long.BYTES));
    }

    /** The block that a buffer is of, from its position on. */
    static int block(ByteBuffer bytes) {
        return Math.toIntExact(bytes.getLong(bytes.position() + CHANGED)) - 1;
    }

    /** Whether a buffer holds what a discard writes, from its position on. */
    static boolean discarded(ByteBuffer bytes) {
        return bytes.getLong(bytes.position() + CHANGED) == 0;
    }

    /** A block was read into a buffer, from its position on; if it was discarded it is told again which it is. */
    static void tell(ByteBuffer bytes, int block) {
        if (discarded(bytes)) {
            bytes.putLong(bytes.position() + CHANGED, block + 1L);
        }
    }

    /** A buffer for the sector that tells. */
    static ByteBuffer sector() {
        return ByteBuffer.allocateDirect(Leg.SECTOR);
    }
}
