package dev.lockstep.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@LongTest
class DeepRunTest {
    private static final DeepRun RUN = new DeepRun(TlcDistribution.bundled(), 1);

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(WorkFolder.prefix()));
        }
    }

    @Test
    void anEndlessSearchEndsByTimeAndSaysHowFarItCame() {
        List<DeepFigures> heard = new ArrayList<>();

        DeepResult result = new DeepRun(TlcDistribution.bundled(), 2).judge(
                Specs.model("Endless", "SPECIFICATION Spec"), Duration.ofSeconds(5), heard::add);

        assertThat(result.verdict()).isEmpty();
        assertThat(result.counterexample()).isEmpty();
        assertThat(heard).isNotEmpty();
        // Each state has one successor: while TLC rests, what is found is what is judged.
        assertThat(result.figures().depth()).isPositive().isEqualTo((int) result.figures().distinctStates());
        assertThat(result.figures().totalStates()).isEqualTo(result.figures().distinctStates());
        assertThat(result.figures().queued()).isEqualTo(1);
        assertThat(result.tlcVersion()).isEqualTo(TlcVersion.bundled());
        assertThat(result.seconds()).isGreaterThan(4.9);
    }

    @Test
    void aSearchThatIsCompleteIsAVerdict() {
        DeepResult result = RUN.judge(Specs.small("INVARIANT TypeOK"), Specs.PATIENCE, figures -> { });

        assertThat(result.verdict()).contains(Verdict.HOLDS);
        assertThat(result.figures()).isEqualTo(new DeepFigures(8, 60, 605, 0));
    }

    @Test
    void aViolationHasItsCounterexample() {
        DeepResult result = RUN.judge(Specs.small("INVARIANT Same"), Specs.PATIENCE, figures -> { });

        assertThat(result.verdict()).contains(Verdict.VIOLATED);
        assertThat(result.violated()).contains("Same");
        assertThat(result.counterexample().orElseThrow().steps()).hasSize(3)
                .allMatch(CounterexampleStep::argumentsKnown);
    }

    @Test
    void timeThatIsTooShortForAnythingIsNoFault() {
        DeepResult result = RUN.judge(Specs.small("INVARIANT TypeOK"), Duration.ofMillis(1), figures -> { });

        assertThat(result.verdict()).isEmpty();
        assertThat(result.figures()).isEqualTo(DeepFigures.NONE);
    }

    @Test
    void aWrongSpecIsOneSentence() {
        assertThatThrownBy(() -> RUN.judge(Specs.small("INVARIANT Nonsense"), Specs.PATIENCE, figures -> { }))
                .isInstanceOf(SpecException.class).hasMessageContaining("TheSmall.cfg: The invariant Nonsense");
    }
}
