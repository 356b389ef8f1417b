package dev.lockstep.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostPartsTest {

    @Test
    void theLibrariesAreTheFilesThatLddNames() {
        assertThat(HostParts.libraries("""
                /usr/sbin/dmsetup:
                \tlinux-vdso.so.1 (0x00007ffd2b5c6000)
                \tlibdevmapper.so.1.02.1 => /lib/x86_64-linux-gnu/libdevmapper.so.1.02.1 (0x00007f1d5e0b0000)
                \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1d5de00000)
                \t/lib64/ld-linux-x86-64.so.2 (0x00007f1d5e160000)
                /usr/bin/kmod:
                \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1d5de00000)
                \tlibmissing.so.3 => not found
                """)).containsExactly(Path.of("/lib/x86_64-linux-gnu/libdevmapper.so.1.02.1"),
                Path.of("/lib/x86_64-linux-gnu/libc.so.6"), Path.of("/lib64/ld-linux-x86-64.so.2"));
    }

    @Test
    void aProgramThatIsNotThereIsToldWithItsPackage() {
        assertThatThrownBy(() -> HostParts.program("no-such-program", "some-package"))
                .isInstanceOf(MissingPackageException.class).hasMessageContaining("no-such-program")
                .hasMessageContaining("some-package").hasMessageNotContaining("\n");
    }

    @Test
    void aProgramThatNamesALoaderIsDynamicallyLinked() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(java));
        assertThat(HostParts.hasLoader(elf)).isTrue();
        int table = (int) elf.getLong(32);
        for (int i = 0; i < elf.getShort(56); i++) {
            int at = table + i * elf.getShort(54);
            if (elf.getInt(at) == 3) {
                elf.putInt(at, 0);
            }
        }
        assertThat(HostParts.hasLoader(elf)).isFalse();
    }
}
