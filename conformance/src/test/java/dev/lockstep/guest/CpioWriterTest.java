package dev.lockstep.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.junit.jupiter.api.Test;

class CpioWriterTest {

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CpioWriter archive = new CpioWriter(bytes)) {
            archive.characterDevice("dev/console", 5, 1);
            archive.program("init", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
            archive.file("a/b/c", new byte[] {1, 2, 3});
            archive.file("a/b/d", new byte[0]);
            archive.link("sbin/insmod", "kmod");
        }
        return bytes.toByteArray();
    }

    @Test
    void theArchiveIsNewcAndHoldsWhatWasPutIn() throws IOException {
        byte[] bytes = archive();
        assertThat(new String(bytes, 0, 6, StandardCharsets.US_ASCII)).isEqualTo("070701");
        List<String> entries = new ArrayList<>();
        try (CpioArchiveInputStream in = new CpioArchiveInputStream(new ByteArrayInputStream(bytes))) {
            for (CpioArchiveEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
                String content = each.isCharacterDevice() ? each.getRemoteDeviceMaj() + ":" + each.getRemoteDeviceMin()
                        : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                entries.add(each.getName() + " " + Long.toOctalString(each.getMode()) + " " + content);
            }
        }
        assertThat(entries).containsExactly("dev 40755 ", "dev/console 20600 5:1", "init 100755 #!/bin/sh\n", "a 40755 ",
                "a/b 40755 ", "a/b/c 100644 \1\2\3", "a/b/d 100644 ", "sbin 40755 ", "sbin/insmod 120777 kmod");
    }

    @Test
    void theSameEntriesGiveTheSameBytes() throws IOException {
        assertThat(archive()).isEqualTo(archive());
    }

    @Test
    void aSecondArchiveMayFollowAtOnce() throws IOException {
        // The kernel wants each header at a multiple of 4 bytes, and skips zeros between archives.
        assertThat(archive().length % 4).isZero();
    }

    @Test
    void anAbsolutePathIsRefused() throws IOException {
        try (CpioWriter archive = new CpioWriter(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> archive.file("/etc/passwd", new byte[0])).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("/etc/passwd");
        }
    }
}
