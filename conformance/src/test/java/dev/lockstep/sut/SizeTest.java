package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {
    @Test
    void itIsReadAsItIsWritten() {
        Size size = Size.parse("2x1x3");
        assertThat(size).isEqualTo(new Size(2, 1, 3)).hasToString("2x1x3");
        assertThat(size.blocks()).isEqualTo(2);
        assertThat(size.regionBytes()).isEqualTo(4096);
        assertThat(size.bytes()).isEqualTo(8192);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1x1", "1x1x2x1", "0x1x2", "-1x1x2", "10x1x2", "1X1X2", "axbxc", " 1x1x2", "1x1x2\n"})
    void whatHasNotItsFormIsRefused(String text) {
        assertThatThrownBy(() -> Size.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size " + text + " is no size; regions x blocks a region x legs, such as 1x1x2, is expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x1x1", "1x1x4", "1x3x2", "1x4x2", "2x2x2", "3x1x3", "9x9x9"})
    void whatIsTooLargeOrHasTooFewLegsIsRefused(String text) {
        assertThatThrownBy(() -> Size.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size " + text + " cannot be replayed; at most 6 copies of blocks in all, in regions of 1 or 2 blocks, on "
                        + "2 or 3 legs are expected");
    }
}
