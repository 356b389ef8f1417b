package dev.lockstep.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestDiskTest {

    @Test
    void theGuestFindsADiskByItsName() {
        assertThat(GuestDisk.of("m0-log", Path.of("log")).device()).isEqualTo("/dev/disk/m0-log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "a,b", "a/b", "ABC", "a-name-of-21-letters-"})
    void aNameThatTheGuestCouldNotTellIsRefused(String name) {
        assertThatThrownBy(() -> GuestDisk.of(name, Path.of("file"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGuestNeedsSomeMemoryAndAProcessor() {
        assertThatThrownBy(() -> new GuestSettings(Path.of("x"), 64, 1)).hasMessageContaining("64 MiB");
        assertThatThrownBy(() -> new GuestSettings(Path.of("x"), 512, 0)).hasMessageContaining("0 processors");
    }
}
