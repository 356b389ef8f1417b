package dev.lockstep.sut;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.volume.Completion;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private final Acknowledgements flushes = new Acknowledgements();

    @Test
    void eachIsToldOnceAndByTheEnd() {
        Completion one = flushes.asked();
        Completion other = flushes.asked();
        assertThatCode(() -> flushes.end("a flush", () -> {
            one.ended();
            other.ended();
        })).doesNotThrowAnyException();
        assertThatCode(() -> flushes.end("a flush", () -> { })).doesNotThrowAnyException();
    }

    @Test
    void whoIsToldEarlyNeverOrTwiceIsNoticed() {
        flushes.asked();
        assertThatThrownBy(() -> flushes.end("a flush", () -> { })).isInstanceOf(RefusedException.class)
                .hasMessage("1 waited for a flush, and 0 were told of its end");
        flushes.forget();
        Completion twice = flushes.asked();
        assertThatThrownBy(() -> flushes.end("a flush", () -> {
            twice.ended();
            twice.ended();
        })).hasMessage("1 waited for a flush, and 2 were told of its end");
        flushes.forget();
        flushes.asked().ended();
        assertThatThrownBy(() -> flushes.end("a flush", () -> { })).hasMessage("who waits for a flush was told before its end");
    }

    @Test
    void aFailureIsNoticedToo() {
        Completion asked = flushes.asked();
        assertThatThrownBy(() -> asked.failed(new IOException("broken"))).isInstanceOf(IllegalStateException.class).hasRootCauseMessage("broken");
    }
}
