package dev.lockstep.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LongTest;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@LongTest
class TlcRunTest {
    private static final TlcRun RUN = new TlcRun(RunSettings.bundled(Specs.PATIENCE));
    /** For results that do not depend on it; the hint makes these runs shorter. */
    private static final long FEW = 1000;

    @Test
    void whatHoldsHasItsCounts() {
        ModelResult result = RUN.check(Specs.small("INVARIANT TypeOK"));

        assertThat(result.model()).isEqualTo("TheSmall");
        assertThat(result.verdict()).isEqualTo(Verdict.HOLDS).hasToString("holds");
        assertThat(result.violated()).isEmpty();
        assertThat(result.counterexample()).isEmpty();
        assertThat(result.distinctStates()).isEqualTo(60);
        assertThat(result.totalStates()).isEqualTo(605);
        assertThat(result.depth()).isEqualTo(8);
        assertThat(result.fired()).containsExactlyInAnyOrderEntriesOf(
                Map.of("Write", 192L, "Touch", 192L, "Idle", 48L, "Push", 40L, "PowerCut", 120L, "Restart", 12L,
                "Never", 0L));
        assertThat(result.seconds()).isPositive();
        assertThat(result.tlcVersion()).startsWith("TLC2 Version 2.18");
    }

    @Test
    void aViolationHasItsCounterexampleWithArguments() {
        ModelResult result = RUN.check(Specs.small("INVARIANT Same"), FEW);

        assertThat(result.verdict()).isEqualTo(Verdict.VIOLATED).hasToString("violated");
        assertThat(result.violated()).contains("Same");
        Counterexample found = result.counterexample().orElseThrow();
        assertThat(found.loop()).isEmpty();
        assertThat(found.length()).isEqualTo(3);
        assertThat(found.steps()).extracting(CounterexampleStep::number).containsExactly(1, 2, 3);
        assertThat(found.steps()).extracting(CounterexampleStep::label).containsExactly(Optional.empty(),
                Optional.of(Label.of("Write", Value.of(0), Value.of(1))), Optional.of(Label.of("PowerCut")));
        assertThat(found.steps()).allMatch(CounterexampleStep::argumentsKnown);
        CounterexampleStep write = found.steps().get(1);
        assertThat(write.place()).startsWith("line 25, col 16 to line 26, ").endsWith(" of module Small");
        assertThat(write.state()).containsEntry("mode", Value.of("up"))
                .containsOnlyKeys("mode", "data", "may", "queue", "header");
        assertThat(write.changes()).hasToString("[data: (0 :> 0 @@ 1 :> 0) -> (0 :> 1 @@ 1 :> 0), "
                + "may: (0 :> {0} @@ 1 :> {0}) -> (0 :> {0, 1} @@ 1 :> {0})]");
        assertThat(write.changes().get(0).details()).hasToString("[data[0]: 0 -> 1]");
    }

    @Test
    void theSameCounterexampleEachTimeAndFromAnyJar() {
        ModelResult first = RUN.check(Specs.small("INVARIANT Same"), FEW);
        RunSettings named = new RunSettings(TlcDistribution.of(TlcDistribution.bundled().location()), Specs.PATIENCE,
                true);

        assertThat(new TlcRun(named).check(Specs.small("INVARIANT Same")).counterexample())
                .isEqualTo(first.counterexample());
    }

    @Test
    void withoutRecoveryTheNamesAreThere() {
        ModelResult result = new TlcRun(new RunSettings(TlcDistribution.bundled(), Specs.PATIENCE, false))
                .check(Specs.small("INVARIANT Same"), FEW);

        assertThat(result.counterexample().orElseThrow().steps()).extracting(step -> step.label().map(Label::toString)
                .orElse(""))
                .containsExactly("", "Write", "PowerCut");
    }

    @Test
    void anInitialStateMayViolate() {
        ModelResult result = RUN.check(Specs.small("INVARIANT NotUp"), FEW);

        assertThat(result.violated()).contains("NotUp");
        assertThat(result.counterexample().orElseThrow().length()).isEqualTo(1);
        assertThat(result.counterexample().orElseThrow().steps().get(0).state()).containsEntry("mode", Value.of("up"));
    }

    @Test
    void aStepMayViolateAnActionProperty() {
        ModelResult result = RUN.check(Specs.small("PROPERTY Shrinks"), FEW);

        assertThat(result.violated()).contains("Shrinks");
        assertThat(labels(result)).containsExactly("Push(1)");
    }

    @Test
    void aRefinementMayBeViolated() {
        ModelResult result = RUN.check(Specs.small("PROPERTY CountsDown"), FEW);

        assertThat(result.violated()).contains("CountsDown");
        assertThat(labels(result)).containsExactly("Push(1)", "PowerCut");
    }

    @Test
    void livenessHoldsOrGoesRoundForEver() {
        assertThat(RUN.check(Specs.small("PROPERTY Restarts"), FEW).verdict()).isEqualTo(Verdict.HOLDS);

        ModelResult round = RUN.check(Specs.small("PROPERTY Stays"), FEW);
        assertThat(round.violated()).contains("Stays");
        assertThat(round.counterexample().orElseThrow().loop()).isPresent();
    }

    @Test
    void anEndlessBehaviourMayStutter() {
        ModelResult result = RUN.check(Specs.small("PROPERTY Fills"), FEW);

        Counterexample found = result.counterexample().orElseThrow();
        assertThat(found.loop()).isPresent();
        assertThat(found.loop().orElseThrow().backTo()).isBetween(1, found.length());
    }

    @Test
    void aWrongSpecIsOneSentence() {
        assertRefused(Specs.model("Unparsable", "INIT Init NEXT Next"),
                "model TheUnparsable: Unparsable.tla, line 8: Encountered");
        assertRefused(Specs.model("Failing", "SPECIFICATION Spec CONSTANT Limit = 1"),
                "Failing.tla, line 5: an assumption is false");
        assertRefused(Specs.model("Failing", "SPECIFICATION Spec CONSTANT Limit = 2"), "Failing.tla, line 12: ");
        assertRefused(Specs.small("INVARIANT Nonsense"),
                "TheSmall.cfg: The invariant Nonsense specified in the configuration file");
    }

    @Test
    void theTimeoutKillsIt() {
        TlcRun hasty = new TlcRun(RunSettings.bundled(Duration.ofSeconds(2)));

        assertThatThrownBy(() -> hasty.check(Specs.model("Endless", "SPECIFICATION Spec")))
                .isInstanceOf(TlcException.class)
                .isNotInstanceOf(SpecException.class)
                .hasMessage("model TheEndless: TLC did not end within 2.0 seconds and was killed");
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    }

    private static List<String> labels(ModelResult result) {
        return result.counterexample().orElseThrow().steps().stream().flatMap(step -> step.label().stream())
                .map(Label::toString).toList();
    }

    private static void assertRefused(Model model, String sentence) {
        assertThatThrownBy(() -> RUN.check(model, FEW)).isInstanceOf(SpecException.class).hasMessageContaining(sentence)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
