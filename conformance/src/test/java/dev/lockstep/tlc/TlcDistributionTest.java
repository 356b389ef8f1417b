package dev.lockstep.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlcDistributionTest {
    @TempDir
    private Path folder;

    @Test
    void theBundledOneIsThere() {
        assertThat(TlcDistribution.bundled().location()).exists().isAbsolute();
    }

    @Test
    void aJarMustBeThere() {
        Path missing = folder.resolve("tla2tools.jar");

        assertThatThrownBy(() -> TlcDistribution.of(missing)).isInstanceOf(SpecException.class)
                .hasMessage("there is no file " + missing + ": a jar with TLC, such as tla2tools.jar, was expected");
    }

    @Test
    void aJarMustBeAJar() throws IOException {
        Path text = Files.writeString(folder.resolve("tla2tools.jar"), "no jar");

        assertThatThrownBy(() -> TlcDistribution.of(text)).isInstanceOf(SpecException.class)
                .hasMessageContaining("is not a jar");
    }

    @Test
    void aJarMustHoldTlc() throws IOException {
        Path empty = folder.resolve("other.jar");
        new JarOutputStream(Files.newOutputStream(empty)).close();

        assertThatThrownBy(() -> TlcDistribution.of(empty)).isInstanceOf(SpecException.class)
                .hasMessageContaining("holds no tlc2.TLC");
    }
}
