package dev.lockstep.sut;

import java.nio.ByteBuffer;

/** The bytes that stand for the model's contents. */
public interface BlockContents {

    /** {@return how many contents there are: the model's values are 0 to one less} */
    int values();

    /**
     * {@return a block's bytes: direct, of {@link Size#BLOCK_BYTES}, from index 0 on, never to be changed}
     *
     * @param block which block
     * @param value which of its contents
     */
    ByteBuffer bytes(int block, int value);
}
