package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter written = new StringWriter();
    private final PrintWriter writer = new PrintWriter(written);

    @Test
    void aTerminalSeesOneLineThatGoesAway() {
        try (Progress progress = new Console(writer, writer, true).progress()) {
            progress.show("check 1/2");
            assertThat(written.toString()).isEqualTo("\rcheck 1/2");
        }
        assertThat(written.toString()).isEqualTo("\rcheck 1/2\r         \r");
    }

    @Test
    void aPipeSeesNothing() {
        try (Progress progress = new Console(writer, writer, false).progress()) {
            progress.show("check 1/2");
        }
        assertThat(written.toString()).isEmpty();
    }

    @Test
    void aLongTextIsCutSoThatItDoesNotWrap() {
        try (Progress progress = Progress.on(writer)) {
            progress.show("x".repeat(200));
            assertThat(written.toString()).hasSize(1 + 79).endsWith("x…");
        }
    }
}
