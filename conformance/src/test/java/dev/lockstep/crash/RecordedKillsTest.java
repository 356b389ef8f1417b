package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.validate.CrashOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed, whose recordings are judged; few of them, as a test: the tier itself is run by CI. */
@LongTest
class RecordedKillsTest {
    @TempDir
    private Path folder;

    @Test
    void whatKillsLeaveIsWhatTheSpecificationAllowsAndIsCounted() throws IOException {
        CrashSettings settings = new CrashSettings(List.of(Policy.MAYBE_DIRTY, Policy.BOUNCE_COPY), Set.of(), List.of(LogFormat.DM), 1, 3, 2, folder, folder, text -> { });
        RecordedCrashes recorded = new RecordedKills(settings, 2, System.getProperty("java.class.path")).run(Path.of("../spec"), Files.createDirectory(folder.resolve("recorded")));
        assertThat(recorded.verdicts()).hasSize(2).allSatisfy(each -> {
            assertThat(each.faults()).isEmpty();
            assertThat(each.recording().settings().format()).isEqualTo(LogFormat.DM);
            assertThat(each.recording().events()).isGreaterThan(100);
        });
        assertThat(recorded.crashes()).isEqualTo(6);
        assertThat(recorded.judged()).isEqualTo(6);
        assertThat(recorded.found()).isPositive().isLessThanOrEqualTo(recorded.allowed());
        assertThat(recorded.kinds().stream().mapToLong(RecordedCrashes.Kind::crashes).sum()).isEqualTo(6);
    }

    @Test
    void outcomesThatWereNeverFoundAreNamed() {
        Set<String> allowed = Set.of("nothing", "leg 0", "log", "leg 0 and log");
        RecordedCrashes recorded = RecordedCrashes.of(List.of(), List.of(new CrashOutcome("leg 0, log", 4, allowed, "leg 0"),
                new CrashOutcome("leg 0, log", 4, allowed, "nothing"), new CrashOutcome("nothing", 1, Set.of("nothing"), "nothing")));
        assertThat(recorded).isEqualTo(new RecordedCrashes(List.of(), 3, 3, 5, 3, List.of(new RecordedCrashes.Kind("leg 0, log", 2, 4, 2, List.of("leg 0 and log", "log")),
                new RecordedCrashes.Kind("nothing", 1, 1, 1, List.of()))));
    }
}
