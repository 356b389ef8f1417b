package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format, byte for byte; the expected bytes are those that a kernel was seen to write. */
class DmLogFormatTest {

    @Test
    void theHeader() {
        ByteBuffer log = DmLogFormat.encode(LogImage.allClean(0x01020304));
        assertThat(hex(log, 0, 16)).isEqualTo("72 52 69 4d 02 00 00 00 04 03 02 01 00 00 00 00");
        assertThat(hex(log, 16, 1008)).matches("(00 ?)+");
    }

    @Test
    void regionThreeOfEightDirty() {
        LogImage image = LogImage.allClean(8);
        image.markDirty(3);
        ByteBuffer log = DmLogFormat.encode(image);
        assertThat(log.remaining()).isEqualTo(1536);
        assertThat(hex(log, 1024, 8)).isEqualTo("f7 00 00 00 00 00 00 00");
    }

    @Test
    void regionSeventeenDirty() {
        LogImage image = LogImage.allClean(128);
        image.markDirty(17);
        assertThat(hex(DmLogFormat.encode(image), 1024, 17))
                .isEqualTo("ff ff fd ff ff ff ff ff ff ff ff ff ff ff ff ff 00");
    }

    @Test
    void theRestOfTheLastSectorIsZero() {
        ByteBuffer log = DmLogFormat.encode(LogImage.allClean(70));
        assertThat(hex(log, 1024, 16)).isEqualTo("ff ff ff ff ff ff ff ff 3f 00 00 00 00 00 00 00");
        assertThat(hex(log, 1040, 496)).matches("(00 ?)+");
    }

    @ParameterizedTest
    @CsvSource({"1, 1536", "8, 1536", "4096, 1536", "4097, 2048", "24576, 4096", "24577, 4608", "57344, 8192",
            "2097152, 263168", "2147483647, 268436480"})
    void theRequiredLengthIsInWholeSectors(int regions, long bytes) {
        assertThat(DmLogFormat.requiredLength(regions)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "24575, 0", "24576, 1", "57343, 1", "57344, 2", "2147483646, 65536"})
    void theChunkOfARegion(int region, int chunk) {
        assertThat(DmLogFormat.chunkOfRun(region >>> 12)).isEqualTo(chunk);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "24576, 1", "24577, 2", "57344, 2", "57345, 3"})
    void theNumberOfChunks(int regions, int chunks) {
        assertThat(DmLogFormat.chunks(regions)).isEqualTo(chunks);
    }

    @Test
    void thereIsNoLogOfNoRegions() {
        assertThatThrownBy(() -> DmLogFormat.requiredLength(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a log of 0 regions; expected at least 1");
        assertThatThrownBy(() -> LogImage.allDirty(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeaderIsReadInEitherByteOrder() {
        ByteBuffer log = DmLogFormat.encode(LogImage.allClean(20));
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            log.order(order).position(7);
            assertThat(DmLogFormat.distrust(log, 20)).isEmpty();
            assertThat(DmLogFormat.distrust(log, 21)).isPresent();
            assertThat(log.position()).isEqualTo(7);
            assertThat(log.order()).isEqualTo(order);
        }
    }

    private static String hex(ByteBuffer log, int from, int length) {
        return HexFormat.ofDelimiter(" ").formatHex(log.array(), from, from + length);
    }
}
