package dev.lockstep.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.trace.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeTest {
    private static final Event STORE = new Event("Store", List.of(Value.of(0), Value.of(2)), true, 3, 5);

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream beats = new ByteArrayOutputStream();

    private static Event begun(String what, long begin) {
        return new Event(what, List.of(Value.of(1)), false, begin, Long.MAX_VALUE);
    }

    @Test
    void whatHasBegunAndNotEndedIsToldApartFromWhatWasDoneAndFromWhatCameToNothing() throws IOException {
        Tape tape = new Tape(folder, beats);
        Tape.Track one = tape.track();
        one.begun(begun("Store", 2));
        one.seen(new Event("WriteTold", List.of(Value.of(4)), true, 7, 8));
        one.ended(STORE);
        one.begun(begun("Issue", 9));
        one.over();
        one.begun(begun("EndWrite", 12));
        Tape.Track other = tape.track();
        other.begun(begun("LegWriteBegun", 10));
        Tape.Left left = Tape.left(folder);
        assertThat(left.done()).extracting(Event::what).containsExactlyInAnyOrder("WriteTold", "Store");
        assertThat(left.done()).contains(STORE);
        assertThat(left.begun()).containsExactlyInAnyOrder(begun("EndWrite", 12), begun("LegWriteBegun", 10));
        assertThat(left.last()).isEqualTo(12);
        assertThat(beats.toByteArray()).containsExactly(Tape.BEAT, Tape.BEAT);
    }

    /** What was about to begin has not begun; what was about to be told as done had begun before. */
    @Test
    void aLineThatWasCutOffIsNone() throws IOException {
        Tape.Track track = new Tape(folder, beats).track();
        track.begun(begun("Store", 2));
        Path file = folder.resolve("thread1");
        String whole = Files.readString(file);
        track.ended(STORE);
        String both = Files.readString(file);
        for (int length = 0; length < whole.length(); length++) {
            Files.writeString(file, whole.substring(0, length));
            assertThat(Tape.left(folder)).isEqualTo(new Tape.Left(List.of(), List.of()));
        }
        for (int length = whole.length(); length < both.length(); length++) {
            Files.writeString(file, both.substring(0, length), StandardCharsets.US_ASCII, StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(Tape.left(folder)).isEqualTo(new Tape.Left(List.of(), List.of(begun("Store", 2))));
        }
    }
}
