package dev.lockstep.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortLineTest {

    @Test
    void aLineThatACommandPrintedIsTakenAsItIs() throws GuestException {
        assertThat(PortLine.of("12 out  exit 3 ")).isEqualTo(new PortLine(12, PortLine.Kind.OUT, " exit 3 "));
        assertThat(PortLine.of("12 out ")).isEqualTo(new PortLine(12, PortLine.Kind.OUT, ""));
    }

    @Test
    void theEndOfACommandAndOfTheBootAreTold() throws GuestException {
        assertThat(PortLine.of("7 exit 137")).isEqualTo(new PortLine(7, PortLine.Kind.EXIT, "137"));
        assertThat(PortLine.of("0 ready 6.1.0-1-amd64")).isEqualTo(new PortLine(0, PortLine.Kind.READY, "6.1.0-1-amd64"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "out x", "x out y", "3 end 0", "3 exit", "3 exit -1", "3 exit zero", "1234567890 out x"})
    void anythingElseIsRefused(String line) {
        assertThatThrownBy(() -> PortLine.of(line)).isInstanceOf(GuestException.class).hasMessageContaining(line);
    }

    @Test
    void aCommandOfManyLinesIsOneLine() {
        String line = PortLine.command(3, "echo 'a\nb' | grep ü\n");
        assertThat(line).startsWith("3 ").endsWith("\n").hasLineCount(1);
        assertThat(new String(Base64.getDecoder().decode(line.substring(2).strip()), StandardCharsets.UTF_8))
                .isEqualTo("echo 'a\nb' | grep ü\n");
    }
}
