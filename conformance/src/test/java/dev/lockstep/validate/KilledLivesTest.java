package dev.lockstep.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Of processes that are killed: how it is known when that is to be done. */
final class KilledLivesTest {
    private static final byte[] TOLD = {Tape.BEAT, 'x', Tape.BEAT, Tape.BEAT, Tape.BEAT};

    private final List<String> done = new ArrayList<>();
    private final AtomicLong seen = new AtomicLong();

    @Test
    void aProcessIsKilledWhenItHasToldOfAsManyEventsAndFindsUntilItsEndThatItIsListenedTo() {
        KilledLives.listen(told(new ByteArrayInputStream(TOLD)), () -> done.add("killed after " + seen), 2, seen);
        assertThat(done).as("a process that writes to a pipe nobody reads gives up what it has half done, and is not killed in it")
                .containsExactly("killed after 2", "closed");
        assertThat(seen).hasValue(4);
    }

    @Test
    void oneThatEndsBeforeIsNotKilled() {
        KilledLives.listen(told(new ByteArrayInputStream(TOLD)), () -> done.add("killed after " + seen), 5, seen);
        assertThat(done).containsExactly("closed");
    }

    private InputStream told(InputStream bytes) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return bytes.read();
            }

            @Override
            public void close() {
                done.add("closed");
            }
        };
    }
}
