package dev.lockstep.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror whose steps are run by whoever asks, as a file volume's are, is recorded too; there some steps are made with the one before. */
@LongTest
class SeamTest {
    private static final RunSettings CALLERS = new RunSettings(Policy.LOCK_BUFFERS, new Size(2, 1, 2, 4), Storing.MMAP, LogFormat.HARDENED,
            Seam.CALLERS, 11, 200);

    @TempDir
    private Path folder;

    /** An issue has the interval of the step that it was made with. */
    private static boolean madeWith(List<Event> events, Event issue) {
        return events.stream().anyMatch(each -> !each.what().equals("Issue") && each.begin() == issue.begin());
    }

    /** Before the mirror dies: in its next life the numbers of writes begin again. */
    private static boolean reachesALeg(List<Event> events, Event issue) {
        return events.stream().filter(each -> each.begin() > issue.begin()).takeWhile(each -> !each.what().equals("Kill"))
                .anyMatch(each -> each.what().equals("LegWrite") && each.arguments().get(0).equals(issue.arguments().get(0)));
    }

    @Test
    void aWriteThatNothingHoldsUpIsIssuedWithItsSubmissionAndEndsWithItsLastLeg() throws IOException {
        Recording recording = Recording.of(CALLERS, Files.createDirectory(folder.resolve("mirror")));
        List<Event> events = recording.all();
        assertThat(events).anyMatch(each -> each.what().equals("Issue") && madeWith(events, each));
        List<Event> endless = new ArrayList<>(events);
        endless.removeIf(each -> each.what().equals("EndWrite"));
        List<Event> never = new ArrayList<>(events);
        Event issue = events.stream().filter(each -> each.what().equals("Issue") && madeWith(events, each) && reachesALeg(events, each))
                .findFirst().orElseThrow();
        never.remove(issue);
        try (Validator validator = new Validator(Path.of("../spec"), Duration.ofMinutes(5))) {
            List<Optional<Rejection>> rejections = validator.judge(List.of(recording, Recording.of(CALLERS, endless), Recording.of(CALLERS, never)),
                    Files.createDirectory(folder.resolve("spec"))).verdicts().stream().map(Validator.Verdict::rejection).toList();
            assertThat(rejections.get(0).map(Rejection::text)).isEmpty();
            assertThat(rejections.get(1)).isPresent();
            assertThat(rejections.get(2).orElseThrow().event()).startsWith("LegWrite(" + issue.arguments().get(0) + ',');
        }
    }

    @Test
    void everyKindOfMirrorIsRecordedWithBothSeams() {
        Map<Object, Set<Seam>> seams = Plan.of(List.of(Policy.ORIGINAL), 16, 1, 1).stream().flatMap(List::stream).collect(
                Collectors.groupingBy(each -> List.of(each.size(), each.storing(), each.format()), Collectors.mapping(RunSettings::seam, Collectors.toSet())));
        assertThat(seams).hasSize(8).allSatisfy((kind, both) -> assertThat(both).containsExactlyInAnyOrder(Seam.values()));
    }
}
