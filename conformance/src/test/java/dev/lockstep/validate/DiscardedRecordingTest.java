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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A discard is a write of zeroes: it leaves nothing else, and is counted in before a leg is written. */
@LongTest
class DiscardedRecordingTest {
    @TempDir
    private Path folder;

    @Test
    void aDiscardIsCountedInAndLeavesZeroes() throws IOException {
        RunSettings settings = new RunSettings(Policy.MAYBE_DIRTY, new Size(2, 1, 2, 4), Storing.MARK_STORE, LogFormat.HARDENED, Seam.POOL, 3, 150);
        Recording recording = Recording.of(settings, Files.createDirectory(folder.resolve("mirror")));
        Event discard = recording.all().get(first(recording.all(), each -> is(each, "Discard")));
        Value number = discard.arguments().get(0);
        List<Event> notCounted = new ArrayList<>(recording.all());
        notCounted.remove(discard);
        List<Event> otherContent = new ArrayList<>(recording.all());
        int written = first(otherContent, each -> is(each, "LegWrite") && each.begin() > discard.begin() && each.arguments().get(0).equals(number));
        assertThat(otherContent.get(written).arguments().get(3)).isEqualTo(Value.of(0));
        otherContent.set(written, with(otherContent.get(written), 3, Value.of(1)));
        try (Validator validator = new Validator(Path.of("../spec"), Duration.ofMinutes(5))) {
            List<Validator.Verdict> verdicts = validator.judge(List.of(recording, Recording.of(settings, notCounted), Recording.of(settings, otherContent)),
                    Files.createDirectory(folder.resolve("spec"))).verdicts();
            assertThat(verdicts.get(0).faults()).isEmpty();
            assertThat(verdicts.get(1).rejection().orElseThrow().event()).isEqualTo("Issue(" + number + ")");
            assertThat(verdicts.get(1).rejection().orElseThrow().guards()).containsExactly("write " + number + " is not in flight");
            assertThat(verdicts.get(2).rejection().orElseThrow().event()).isEqualTo(otherContent.get(written).toString());
            assertThat(verdicts.get(2).rejection().orElseThrow().guards()).singleElement().asString().endsWith("its guards hold, and what it leaves is something else");
        }
    }
}
