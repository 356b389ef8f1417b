package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DmTableTest {

    @Test
    void aMirrorWhoseLogIsFoundIsToldNothingOfSync() {
        assertThat(DmTable.mirror(16384, "/dev/disk/log", 128, DmTable.FirstLog.FOUND, List.of("/dev/a", "/dev/b")))
                .isEqualTo("0 16384 mirror disk 2 /dev/disk/log 128 2 /dev/a 0 /dev/b 0 1 handle_errors");
    }

    @Test
    void aNewMirrorIsToldThatItsLegsAreEqual() {
        assertThat(DmTable.mirror(16384, "/dev/disk/log", 128, DmTable.FirstLog.ALL_CLEAN, List.of("/dev/a", "/dev/b")))
                .isEqualTo("0 16384 mirror disk 3 /dev/disk/log 128 nosync 2 /dev/a 0 /dev/b 0 1 handle_errors");
    }

    @Test
    void aDelayHoldsUpWritesOnly() {
        assertThat(DmTable.delay(16384, "/dev/b", 300)).isEqualTo("0 16384 delay /dev/b 0 0 /dev/b 0 300");
    }

    @Test
    void theStatusOfAMirrorIsRead() throws IOException {
        MirrorStatus all = MirrorStatus.of("0 16384 mirror 2 254:0 253:16 128/128 1 AA 3 disk 253:32 A\n");
        assertThat(all).isEqualTo(new MirrorStatus(128, 128, "AA"));
        assertThat(all.allInSync()).isTrue();
        assertThat(MirrorStatus.of("0 16384 mirror 2 253:0 253:16 125/128 1 AD 3 disk 253:32 A").allInSync()).isFalse();
        assertThatThrownBy(() -> MirrorStatus.of("0 16384 linear")).hasMessageContaining("0 16384 linear");
    }
}
