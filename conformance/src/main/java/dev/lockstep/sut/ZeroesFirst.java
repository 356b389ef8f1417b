package dev.lockstep.sut;

import java.nio.ByteBuffer;

/** Contents of which the first is zeros, as a discard leaves them: {@code Zeroes} in Mirror.tla is the first value. */
public final class ZeroesFirst implements BlockContents {
    private final BlockContents others;
    private final ByteBuffer zeroes = ByteBuffer.allocateDirect(Size.BLOCK_BYTES).asReadOnlyBuffer();

    /**
     * Contents with the first replaced.
     *
     * @param others the contents, none of them zeros
     */
    public ZeroesFirst(BlockContents others) {
        this.others = others;
    }

    @Override
    public int values() {
        return others.values();
    }

    @Override
    public ByteBuffer bytes(int block, int value) {
        return value == 0 ? zeroes.duplicate() : others.bytes(block, value);
    }
}
