package dev.lockstep.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownFileSystemsTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsKnownOfOneFileSystemIsNotSaidOfAnother() throws IOException {
        Path here = Files.createFile(folder.resolve("here"));
        Path elsewhere = Path.of("/proc/self/status");
        assertThat(KnownFileSystems.keepsErrorsWithTheFile(elsewhere)).isFalse();
        KnownFileSystems known = new KnownFileSystems();
        for (int time = 0; time < 2; time++) {
            assertThat(known.knownToKeepErrors(here)).isEqualTo(KnownFileSystems.keepsErrorsWithTheFile(here));
            assertThat(known.knownToKeepErrors(elsewhere)).isFalse();
        }
    }

    @Test
    void aLegThatIsOpenedAgainAndAgainIsTheSameLeg() throws IOException {
        Path file = folder.resolve("leg");
        FileLeg.create(file, Leg.SECTOR).close();
        KnownFileSystems known = new KnownFileSystems();
        for (byte time = 1; time <= 3; time++) {
            try (FileLeg leg = FileLeg.open(file, Access.READ_WRITE, known)) {
                ByteBuffer read = ByteBuffer.allocate(1);
                leg.read(read, 0);
                assertThat(read.get(0)).isEqualTo((byte) (time - 1));
                leg.write(ByteBuffer.wrap(new byte[] {time}), 0);
                leg.beginFlush().await();
            }
        }
    }
}
