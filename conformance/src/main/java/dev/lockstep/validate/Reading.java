package dev.lockstep.validate;

import java.nio.ByteBuffer;

/**
 * How it is read off bytes what of the specification they stand for: those of a page, of the memory of a write, or of what was read from a leg. Each is
 * told by the sector that a buffer begins with, from its position on, which stays where it is. Thread-safe, where the mirror has threads.
 */
public interface Reading {

    /**
     * {@return the content}
     *
     * @param bytes at least a sector
     */
    int content(ByteBuffer bytes);

    /**
     * {@return the block that memory is of which is written}
     *
     * @param bytes at least a sector
     */
    int block(ByteBuffer bytes);

    /**
     * {@return the number of the write past the page cache that memory is of; 0 if it is of none, or that is not in it}
     *
     * @param bytes at least a sector
     */
    int write(ByteBuffer bytes);

    /**
     * {@return whether memory holds what a discard writes, which names neither a write nor a block}
     *
     * @param bytes at least a sector
     */
    default boolean discarded(ByteBuffer bytes) {
        return false;
    }

    /**
     * A block was read; if it was discarded it is told again which it is.
     *
     * @param bytes what was read
     * @param block the block
     */
    default void tell(ByteBuffer bytes, int block) {
        // It is told elsewhere, or there are no discards.
    }
}
