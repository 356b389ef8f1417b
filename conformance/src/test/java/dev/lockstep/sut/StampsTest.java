package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StampsTest {
    private static final int SECTOR = 512;
    private static final int SECTORS = Size.BLOCK_BYTES / SECTOR;

    private final Stamps stamps = new Stamps(2, 2);
    private final Contents contents = new Contents(2, Size.BLOCK_BYTES);

    StampsTest() {
        for (int block = 0; block < 2; block++) {
            for (int value = 0; value < 2; value++) {
                assertThat(contents.number(block, stamps.bytes(block, value))).isEqualTo(value);
            }
        }
    }

    @Test
    void noTwoSectorsAreAlike() {
        Set<ByteBuffer> sectors = new HashSet<>();
        for (int block = 0; block < 2; block++) {
            for (int value = 0; value < 2; value++) {
                for (int sector = 0; sector < SECTORS; sector++) {
                    sectors.add(stamps.bytes(block, value).slice(sector * SECTOR, SECTOR));
                }
            }
        }
        assertThat(sectors).hasSize(2 * 2 * SECTORS);
    }

    @Test
    void aSectorSaysWhatItIs() {
        byte[] words = new byte[64];
        stamps.bytes(1, 0).get(3 * SECTOR, words);
        assertThat(new String(words, StandardCharsets.US_ASCII)).isEqualTo("block 1 sector 3 value 0\n" + " ".repeat(39));
    }

    @Test
    void aTornBlockIsNoContentOfIt() {
        for (int sector = 1; sector < SECTORS; sector++) {
            ByteBuffer torn = copy(0, 0);
            torn.put(0, stamps.bytes(0, 1), 0, sector * SECTOR);
            assertThat(contents.number(0, torn)).as("torn before sector " + sector).isGreaterThanOrEqualTo(stamps.values());
        }
    }

    @Test
    void aBlockThatBelongsElsewhereIsNoContentOfIt() {
        assertThat(contents.number(0, stamps.bytes(1, 0))).isGreaterThanOrEqualTo(stamps.values());
        ByteBuffer shifted = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
        shifted.put(0, stamps.bytes(0, 0), SECTOR, Size.BLOCK_BYTES - SECTOR);
        assertThat(contents.number(0, shifted)).isGreaterThanOrEqualTo(stamps.values());
    }

    @Test
    void oneWrongBitIsEnough() {
        ByteBuffer wrong = copy(0, 0);
        wrong.put(Size.BLOCK_BYTES - 1, (byte) (wrong.get(Size.BLOCK_BYTES - 1) ^ 1));
        int number = contents.number(0, wrong);
        assertThat(number).isGreaterThanOrEqualTo(stamps.values());
        assertThat(contents.number(0, wrong)).as("the same wrong content").isEqualTo(number);
        assertThat(contents.bytes(0, number)).isEqualTo(wrong);
    }

    private ByteBuffer copy(int block, int value) {
        ByteBuffer copy = ByteBuffer.allocateDirect(Size.BLOCK_BYTES);
        return copy.put(stamps.bytes(block, value)).flip();
    }
}
