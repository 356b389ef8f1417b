package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits in memory. */
class LogImageTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 63, 64, 65, 128, 1000})
    void beginsAllCleanOrAllDirty(int regions) {
        LogImage clean = LogImage.allClean(regions);
        assertThat(clean.regions()).isEqualTo(regions);
        assertThat(clean.cleanCount()).isEqualTo(regions);
        assertThat(clean.dirtyCount()).isZero();
        assertThat(clean.nextDirty(0)).isEqualTo(-1);
        assertThat(clean.isClean(regions - 1)).isTrue();
        assertThat(clean.isChanged()).isFalse();

        LogImage dirty = LogImage.allDirty(regions);
        assertThat(dirty.dirtyCount()).isEqualTo(regions);
        assertThat(dirty.nextDirty(0)).isZero();
        assertThat(dirty.nextDirty(regions - 1)).isEqualTo(regions - 1);
        assertThat(dirty.nextDirty(regions)).isEqualTo(-1);
        assertThat(dirty.isClean(0)).isFalse();
    }

    @Test
    void marksAndSaysWhetherThatChangedAnything() {
        LogImage image = LogImage.allClean(100);
        assertThat(image.markDirty(70)).isTrue();
        assertThat(image.markDirty(70)).isFalse();
        assertThat(image.isClean(70)).isFalse();
        assertThat(image.dirtyCount()).isEqualTo(1);
        assertThat(image.markClean(70)).isTrue();
        assertThat(image.markClean(70)).isFalse();
        assertThat(image.isClean(70)).isTrue();
        assertThat(image.cleanCount()).isEqualTo(100);
    }

    @Test
    void marksWhatIsSoAlreadyWithoutAChange() {
        LogImage image = LogImage.allClean(100);
        image.markClean(5);
        assertThat(image.isChanged()).isFalse();
        image.markDirty(5);
        assertThat(image.isChanged()).isTrue();
    }

    @Test
    void findsTheDirtyRegionsInTurn() {
        LogImage image = LogImage.allClean(200);
        image.markDirty(0);
        image.markDirty(63);
        image.markDirty(64);
        image.markDirty(199);
        assertThat(image.nextDirty(0)).isZero();
        assertThat(image.nextDirty(1)).isEqualTo(63);
        assertThat(image.nextDirty(64)).isEqualTo(64);
        assertThat(image.nextDirty(65)).isEqualTo(199);
        assertThat(image.nextDirty(200)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 8, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void knowsNoOtherRegions(int region) {
        LogImage image = LogImage.allClean(8);
        assertThatThrownBy(() -> image.isClean(region)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> image.markClean(region)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> image.markDirty(region)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 9})
    void looksForDirtyRegionsInsideOnly(int from) {
        LogImage image = LogImage.allClean(8);
        assertThatThrownBy(() -> image.nextDirty(from)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
