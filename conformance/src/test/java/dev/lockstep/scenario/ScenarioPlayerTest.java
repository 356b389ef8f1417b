package dev.lockstep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.region.Policy;
import dev.lockstep.scenario.ScenarioRun.Outcome;
import dev.lockstep.scenario.ScenarioRun.PlayedStep;
import dev.lockstep.sut.InMemory;
import dev.lockstep.sut.ModelGraphs;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Variable;
import dev.lockstep.sut.Variables;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@LongTest
class ScenarioPlayerTest {
    private static final String BEFORE = "ffff07" + "00".repeat(13);
    private static final String AFTER = "ffff0f" + "00".repeat(13);
    /** What the application, the page cache and the legs do: the driver and the log answer it. */
    private static final Set<String> OF_THE_STORY = Set.of("Store", "MarkPageDirty", "WriteBackClear", "LegWrite", "Read");

    @TempDir(factory = InMemory.class)
    private Path temporary;
    private final Map<String, ScenarioRun> runs = new HashMap<>();

    @BeforeEach
    void play() throws IOException {
        Scenario scenario = Scenario.named(Scenario.EXT2_BITMAP).orElseThrow();
        for (Policy policy : Policy.all()) {
            runs.put(policy.name(), ScenarioPlayer.play(scenario, policy, temporary));
        }
        assertThat(temporary).as("the volumes' files are gone").isEmptyDirectory();
    }

    private Outcome outcome(Policy policy) {
        return runs.get(policy.name()).outcome();
    }

    @Test
    void underOriginalTheVolumeComesUpCleanWithLegsThatDiffer() {
        assertThat(outcome(Policy.ORIGINAL)).isEqualTo(new Outcome(false, "clean", AFTER, BEFORE, 2, 0, 19, true, 19));
        assertThat(outcome(Policy.ORIGINAL).twoFilesOneBlock()).isTrue();
    }

    @Test
    void underTheOthersTheLegsAreEqual() {
        for (Policy policy : List.of(Policy.NEVER_CLEAN, Policy.FLUSH_PERIOD, Policy.MAYBE_DIRTY, Policy.COMPARE_LEGS)) {
            assertThat(outcome(policy)).as(policy.name()).isEqualTo(new Outcome(true, "dirty", AFTER, AFTER, -1, 1, 19, true, 20));
            assertThat(outcome(policy).twoFilesOneBlock()).isFalse();
        }
        // Both legs were written from what the page was before the store: the allocation is lost, on both alike.
        for (Policy policy : List.of(Policy.LOCK_BUFFERS, Policy.BOUNCE_COPY)) {
            assertThat(outcome(policy)).as(policy.name())
                    .isEqualTo(new Outcome(true, "clean", BEFORE, BEFORE, -1, 0, 19, false, 19));
            assertThat(outcome(policy).twoFilesOneBlock()).isFalse();
        }
        assertThat(runs.keySet()).as("nothing is said of another").hasSize(7);
    }

    @Test
    void whereThePageIsLockedTheStoreWaitsUntilTheWriteHasEnded() {
        List<PlayedStep> steps = runs.get("LockBuffers").steps();
        assertThat(ofTheStory("LockBuffers")).containsExactly("Restart", "Store(0, 0)", "MarkPageDirty(0)",
                "WriteBackClear(0, 0)", "LegWrite(0, 0, 1)", "LegWrite(0, 0, 0)", "Store(0, 1)", "MarkPageDirty(0)", "Kill", "PowerCut");
        int store = steps.stream().map(PlayedStep::label).toList().lastIndexOf(Label.of("Store", Value.of(0), Value.of(1)));
        assertThat(steps.get(store - 1).label()).hasToString("EndWrite(0)");
        assertThat(steps.get(store).meaning()).startsWith("The page was locked, and the store has waited until its write had ended. "
                + "Another thread allocates a block");
        assertThat(steps.stream().filter(step -> step.meaning().contains("waited"))).hasSize(1);
        assertThat(steps).noneMatch(PlayedStep::harm);
    }

    @Test
    void whereTheLegsAreComparedTheyAreFoundToDiffer() {
        assertThat(runs.get("CompareLegs").steps().stream().filter(step -> step.label().action().equals("Compare")))
                .singleElement().satisfies(step -> assertThat(step.state()).isEqualTo("NOSYNC"));
    }

    @Test
    void theHarmIsOneStepUnderOriginalAndNoneWhereTheLegsReadOneCopy() {
        assertThat(runs.get("Original").steps().stream().filter(PlayedStep::harm)).singleElement()
                .satisfies(step -> {
                    assertThat(step.label()).hasToString("LegWrite(0, 0, 0)");
                    assertThat(step.legs()).containsExactly(AFTER, BEFORE);
                    assertThat(step.page()).isEqualTo(AFTER);
                });
        assertThat(runs.get("BounceCopy").steps()).noneMatch(PlayedStep::harm);
    }

    @Test
    void everyStepIsOneOfTheModels() {
        for (Policy policy : Policy.all()) {
            assertIsBehaviour(ModelGraphs.twoSteps(policy), runs.get(policy.name()));
        }
    }

    private static void assertIsBehaviour(StateGraph graph, ScenarioRun run) {
        List<Variable> variables = Variables.of(Size.SMALLEST);
        int at = graph.initialStates()[0];
        for (PlayedStep step : run.steps()) {
            int from = at;
            at = -1;
            for (int edge = graph.firstEdge(from); edge < graph.firstEdge(from + 1) && at < 0; edge++) {
                if (graph.label(edge).equals(step.label()) && codes(graph, graph.target(edge), variables).equals(step.codes())) {
                    at = graph.target(edge);
                }
            }
            assertThat(at).as("%s: step %s, %s, from %s", run.policy(), step.number(), step.label(), graph.state(from))
                    .isGreaterThanOrEqualTo(0);
        }
    }

    private static Map<String, Long> codes(StateGraph graph, int state, List<Variable> variables) {
        Map<String, Long> codes = new TreeMap<>();
        for (Variable variable : variables) {
            codes.put(variable.name(), variable.encode(graph.value(state, graph.variable(variable.name()))));
        }
        return codes;
    }

    @Test
    void whatTheEnvironmentAndTheLegsDoIsTheSameWhereTheyShareThePage() {
        List<String> original = ofTheStory("Original");
        assertThat(ofTheStory("FlushPeriod")).isEqualTo(original);
        assertThat(ofTheStory("CompareLegs")).isEqualTo(original);
        assertThat(ofTheStory("MaybeDirty")).isEqualTo(original).containsExactly("Restart", "Store(0, 0)", "MarkPageDirty(0)",
                "WriteBackClear(0, 0)", "LegWrite(0, 0, 1)", "Store(0, 1)", "LegWrite(0, 0, 0)", "MarkPageDirty(0)", "Kill", "PowerCut");
    }

    /** What the world does to the driver, up to the crash. */
    private List<String> ofTheStory(String policy) {
        List<Label> labels = runs.get(policy).steps().stream().map(PlayedStep::label).toList();
        return labels.subList(0, labels.indexOf(Label.of("PowerCut")) + 1).stream()
                .filter(label -> OF_THE_STORY.contains(label.action()) || Set.of("Restart", "Kill", "PowerCut").contains(label.action()))
                .map(Label::toString).toList();
    }

    @Test
    void theMirrorIsGoneBetweenCrashAndRestart() {
        List<PlayedStep> steps = runs.get("Original").steps();
        int crash = steps.stream().map(PlayedStep::label).toList().indexOf(Label.of("PowerCut"));
        assertThat(steps.get(crash).state()).isNull();
        assertThat(steps.get(crash).page()).isNull();
        assertThat(steps.get(crash).bit()).isEqualTo("clean");
        assertThat(steps.get(crash + 1).state()).isEqualTo("CLEAN");
        assertThat(steps).extracting(PlayedStep::number).first().isEqualTo(1);
    }

    @Test
    void thereIsNoScenarioOfAnotherName() throws IOException {
        for (String name : List.of("none", "../scenario/ext2-bitmap", "EXT2-BITMAP", "")) {
            assertThat(Scenario.named(name)).as(name).isEmpty();
        }
    }
}
