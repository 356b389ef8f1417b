package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes, really killed; few of them, as a test: the tier itself is run by CI. */
@LongTest
class KillTierTest {
    @TempDir
    private Path work;
    @TempDir
    private Path kept;

    @ParameterizedTest
    @EnumSource
    void killsLoseNothingUnderBounceCopyAndLeaveNoFile(LogFormat format) throws IOException {
        // Seed 7 is a cycle that makes volumes.
        CrashSettings settings = new CrashSettings(List.of(Policy.BOUNCE_COPY), Set.of(), List.of(format), 2, 6, 2, work, kept,
                text -> { });
        List<CrashRun> runs = new KillTier(settings, System.getProperty("java.class.path")).run();
        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(run.logFormat()).isEqualTo(CrashRun.name(format));
            assertThat(run.failures()).isEmpty();
            assertThat(run.cycles()).isPositive();
            assertThat(run.figures()).containsEntry("volumes", 2L);
            assertThat(run.desyncs()).isZero();
        });
        assertThat(work).isEmptyDirectory();
    }
}
