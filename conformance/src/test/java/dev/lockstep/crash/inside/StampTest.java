package dev.lockstep.crash.inside;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StampTest {
    private static final int HALF = Stamp.BLOCK / 2;

    private static ByteBuffer stamped(long block, long content) {
        ByteBuffer bytes = ByteBuffer.allocate(Stamp.BLOCK);
        Stamp.put(block, content, bytes);
        return bytes.flip();
    }

    @Test
    void aContentIsReadBackInItsOwnBlockAndInNoOther() {
        for (long block = 0; block < 70; block++) {
            for (long content = 0; content < 70; content++) {
                assertThat(Stamp.read(block, stamped(block, content), 0)).isEqualTo(content);
                long elsewhere = Stamp.read(block + 1, stamped(block, content), 0);
                assertThat(elsewhere).isEqualTo(content == Stamp.ZEROS ? Stamp.ZEROS : Stamp.MIXED);
            }
        }
    }

    @Test
    void zerosAreContentZeroAndOneOtherBitIsNoContent() {
        ByteBuffer bytes = ByteBuffer.allocate(Stamp.BLOCK);
        assertThat(Stamp.read(3, bytes, 0)).isEqualTo(Stamp.ZEROS);
        bytes.put(HALF, (byte) 1);
        assertThat(Stamp.read(3, bytes, 0)).isEqualTo(Stamp.MIXED);
    }

    @Test
    void aBlockOfTwoHalvesIsAMixtureOfThemAndOfNothingElse() {
        ByteBuffer bytes = stamped(9, 4);
        bytes.put(HALF, stamped(9, 5), HALF, HALF);
        assertThat(Stamp.read(9, bytes, 0)).isEqualTo(Stamp.MIXED);
        assertThat(Stamp.mixtureOf(9, bytes, 0, Set.of(4L, 5L))).isTrue();
        assertThat(Stamp.mixtureOf(9, bytes, 0, Set.of(4L, 6L))).isFalse();
        assertThat(Stamp.mixtureOf(9, bytes, 0, Set.of(4L))).isFalse();
    }
}
