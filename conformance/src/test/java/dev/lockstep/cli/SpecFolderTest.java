package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void theSpecThatComesWithLockstepIsThereWhileItIsOpen() throws IOException {
        Path path;
        try (SpecFolder folder = SpecFolder.open(Optional.empty())) {
            path = folder.path();
            assertThat(folder.modules()).contains("AtomicDisk", "Mirror", "MCMirror");
            assertThat(folder.models()).hasSizeGreaterThan(12);
            assertThat(path.resolve(Pins.FILE)).isRegularFile();
            assertThat(folder.hash()).matches("[0-9a-f]{16}");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void itIsFoundInAJarToo() throws IOException {
        Path jar = temporary.resolve("some.jar");
        try (OutputStream file = Files.newOutputStream(jar); ZipOutputStream out = new ZipOutputStream(file)) {
            for (String name : List.of("dev/lockstep/spec/Mirror.tla", "dev/lockstep/spec/MCMirror_P.cfg",
                    "dev/lockstep/spec/x/y.tla", "dev/other.tla")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        URI anchor = URI.create("jar:" + jar.toUri() + "!/dev/lockstep/spec/Mirror.tla");
        try (SpecFolder folder = SpecFolder.unpack(anchor.toURL())) {
            assertThat(folder.modules()).containsExactly("Mirror");
            assertThat(folder.models()).extracting(ModelName::name).containsExactly("MCMirror_P");
            assertThat(folder.path().resolve("Mirror.tla")).hasContent("dev/lockstep/spec/Mirror.tla");
        }
    }

    @Test
    void theHashIsThatOfTheModules() throws IOException {
        TinySpec spec = new TinySpec(temporary);
        spec.model("MCTiny_Small");
        try (SpecFolder folder = SpecFolder.open(Optional.of(temporary))) {
            String hash = folder.hash();
            spec.model("MCTiny_Tiny");
            spec.write("MCTiny_TTrace_1.tla", "left by the editor");
            assertThat(folder.hash()).isEqualTo(hash);
            spec.write("MCTiny.tla", TinySpec.MODULE + "\n");
            assertThat(folder.hash()).isNotEqualTo(hash);
            assertThat(folder.modules()).containsExactly("MCTiny");
        }
        assertThat(temporary).isNotEmptyDirectory();
    }

    @Test
    void aFolderWithoutModelsIsAMistake() {
        assertThatThrownBy(() -> SpecFolder.open(Optional.of(temporary.resolve("none"))))
                .isInstanceOf(UserMistake.class)
                .hasMessage("there is no folder " + temporary.resolve("none") + ": one with a spec was expected");
        assertThatThrownBy(() -> SpecFolder.open(Optional.of(temporary))).isInstanceOf(UserMistake.class)
                .hasMessageStartingWith("there is no model in " + temporary);
    }
}
