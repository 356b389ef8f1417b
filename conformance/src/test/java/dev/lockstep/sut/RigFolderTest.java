package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RigFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void itIsThereWhileItIsOpen() throws IOException {
        RigFolder folder = RigFolder.in(temporary, "rig-");
        assertThat(folder.path()).isEmptyDirectory().hasParent(temporary);
        Files.writeString(Files.createDirectories(folder.path().resolve("a/b")).resolve("c"), "left");
        folder.close();
        assertThat(temporary).isEmptyDirectory();
        folder.close();
    }

    @Test
    void whereItCannotBeMadeNothingIsLeft() {
        assertThatThrownBy(() -> RigFolder.in(temporary.resolve("none"), "rig-")).isInstanceOf(IOException.class);
        assertThat(temporary).isEmptyDirectory();
    }

    /** A process that has a folder with a file in it, and is not going to close it. */
    static final class Keeper {
        private Keeper() {
        }

        public static void main(String... arguments) throws IOException, InterruptedException {
            RigFolder folder = RigFolder.in(Path.of(arguments[0]), "rig-");
            Files.writeString(folder.path().resolve("file"), "left");
            System.out.println("ready");
            System.out.flush();
            Thread.currentThread().join();
        }
    }

    @Test
    void itGoesWithAProcessThatIsToldToEnd() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
                "-cp", System.getProperty("java.class.path"), Keeper.class.getName(), temporary.toString())
                .redirectErrorStream(true).start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
            assertThat(new File(temporary.toString()).list()).hasSize(1);
            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(temporary).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }
}
