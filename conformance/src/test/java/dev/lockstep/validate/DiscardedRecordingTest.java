package dev.lockstep.validate;

import static dev.lockstep.validate.DoctoredRecordingTest.first;
import static dev.lockstep.validate.DoctoredRecordingTest.is;
import static dev.lockstep.validate.DoctoredRecordingTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A discard is a write of zeroes: it leaves nothing else, and is counted in before a leg is written. */
@LongTest
class DiscardedRecordingTest {
    @TempDir
    private Path folder;

    /** The first write of a leg that is of a discard: one that was not issued before its mirror died has none. */
    private static Event legWrite(Recording recording) {
        return recording.all().get(first(recording.all(), write -> is(write, "LegWrite")
                && is(last(recording, each -> isBegun(each, write)), "Discard")));
    }

    /** Whether it is what a write of a leg may be of, in this life or another one before. */
    private static boolean isBegun(Event event, Event write) {
        return List.of("Discard", "WriteBackClear").contains(event.what()) && event.arguments().get(0).equals(write.arguments().get(0))
                && event.begin() < write.begin();
    }

    private static Event last(Recording recording, Predicate<Event> wanted) {
        return recording.all().stream().filter(wanted).reduce((one, later) -> later).orElseThrow();
    }

    @Test
    void aDiscardIsCountedInAndLeavesZeroes() throws IOException {
        RunSettings settings = new RunSettings(Policy.MAYBE_DIRTY, new Size(2, 1, 2, 4), Storing.MARK_STORE, LogFormat.HARDENED, Seam.POOL, 3, 150);
        Recording recording = Recording.of(settings, Files.createDirectory(folder.resolve("mirror")));
        Event write = legWrite(recording);
        Value number = write.arguments().get(0);
        Event discard = last(recording, each -> is(each, "Discard") && each.arguments().get(0).equals(number) && each.begin() < write.begin());
        List<Event> notCounted = new ArrayList<>(recording.all());
        notCounted.remove(discard);
        List<Event> otherContent = new ArrayList<>(recording.all());
        int written = otherContent.indexOf(write);
        assertThat(otherContent.get(written).arguments().get(3)).isEqualTo(Value.of(0));
        otherContent.set(written, with(otherContent.get(written), 3, Value.of(1)));
        try (Validator validator = new Validator(Path.of("../spec"), Duration.ofMinutes(5))) {
            List<Validator.Verdict> verdicts = validator.judge(List.of(recording, Recording.of(settings, notCounted), Recording.of(settings, otherContent)),
                    Files.createDirectory(folder.resolve("spec"))).verdicts();
            assertThat(verdicts.get(0).faults()).isEmpty();
            // Nothing else has had its region's bit turn dirty, or the write is not in flight, whichever shows first.
            assertThat(verdicts.get(1).rejection().orElseThrow().event().replaceAll("\\(.*", "")).isIn("Issue", "LogWrite", "Look");
            assertThat(verdicts.get(2).rejection().orElseThrow().event()).isEqualTo(otherContent.get(written).toString());
            assertThat(verdicts.get(2).rejection().orElseThrow().guards()).singleElement().asString().endsWith("its guards hold, and what it leaves is something else");
        }
    }
}
