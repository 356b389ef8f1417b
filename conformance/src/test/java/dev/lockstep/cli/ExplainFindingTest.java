package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.LongTest;
import dev.lockstep.scenario.Finding;
import dev.lockstep.sut.ModelGraphs;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.tlc.TlcDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@LongTest
class ExplainFindingTest {
    private static final Finding PREVENTED = Finding.named("clean-while-a-leg-is-out").orElseThrow();
    private static final List<String> QUICK = List.of(PREVENTED.name(), "discard-not-counted", "discard-leaves-anything",
            "flush-before-failure-recorded", "flush-failure-unheeded");
    /** What TLC says of the models of these findings, one after the other: a JVM for each would have to get warm. */
    private static Map<ModelName, ModelResult> judged;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void judge() throws IOException {
        try (SpecFolder spec = SpecFolder.open(Optional.empty())) {
            List<ModelName> models = Stream.concat(forced(), QUICK.stream().map(name -> Finding.named(name).orElseThrow())).map(finding -> ModelName.of(finding.model()))
                    .distinct().toList();
            judged = new TlcRuns(TlcDistribution.bundled(), 1, Progress.none()).judge(spec, models, Pins.readIfThere(spec), false);
        }
    }

    private Run explain(String... arguments) {
        return Run.lockstep(all(arguments));
    }

    private Run explainJudged(Finding finding) {
        return Run.of(console -> new ExplainVerb(console, (spec, model, pins, progress) -> judged.get(model)), all(finding.name()));
    }

    private String[] all(String... arguments) {
        List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--out", out().toString()));
        return all.toArray(String[]::new);
    }

    private Path out() {
        return temporary.resolve("out");
    }

    private JsonNode result() throws IOException {
        return Json.MAPPER.readTree(out().resolve("explain.json").toFile());
    }

    static Stream<Finding> forced() {
        return Finding.all().stream().filter(finding -> finding.status() == Finding.Status.FORCED);
    }

    /** The proof that these findings are real: their steps are forced on the production code, and do the harm. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("forced")
    void everyForcedFindingEndsAsItSays(Finding finding) throws IOException {
        Run run = explainJudged(finding);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.AS_EXPECTED);
        JsonNode result = result();
        boolean stays = result.path("property").asText().startsWith("NoDesync");
        assertThat(result.path("name").asText()).isEqualTo(finding.name());
        assertThat(result.path("model").asText()).isEqualTo(finding.model());
        assertThat(result.path("status").asText()).isEqualTo("forced");
        assertThat(result.path("forced").asBoolean()).isTrue();
        assertThat(result.path("unexpected")).isEmpty();
        assertThat(result.path("steps")).hasSize(result.path("counterexampleLength").asInt());
        assertThat(result.path("legs")).hasSize(2).doesNotHaveDuplicates();
        assertThat(result.path("bit").asText()).isEqualTo(stays ? "clean" : "dirty");
        assertThat(result.path("story").toString()).contains("two different contents", stays
                ? "its log says clean, the region is CLEAN, and nothing is resynced" : "nothing has crashed");
        assertThat(run.out()).startsWith(finding.name() + ": " + finding.title() + "\n").contains(finding.harm(),
                "forced on the mirror over real files", "  leg 0  " + result.path("legs").path(0).asText());
        assertDrawn(finding, result);
        OwnFolders.assertNone();
    }

    private void assertDrawn(Finding finding, JsonNode result) throws IOException {
        DrawnSvg drawn = DrawnSvg.of(Files.readString(out().resolve("explain-" + finding.name() + ".svg")));
        assertThat(drawn.lanes()).containsExactly("application", "page cache", "driver", "log", "leg 0", "leg 1");
        assertThat(drawn.titles()).hasSize(result.path("steps").size());
        assertThat(drawn.harmful()).isEqualTo(1);
        List<JsonNode> harmful = new ArrayList<>();
        result.path("steps").forEach(step -> {
            if (!step.path("harm").isNull()) {
                harmful.add(step);
            }
        });
        assertThat(harmful).singleElement().satisfies(step -> assertThat(step.path("harm").asText())
                .isEqualTo(result.path("property").asText().equals("ReadsAgree") ? "With this step ReadsAgree is violated."
                        : "From here to the end the legs differ."));
    }

    /** Those among the others that TLC judges in no time. */
    @ParameterizedTest
    @ValueSource(strings = {"clean-while-a-leg-is-out", "discard-not-counted", "discard-leaves-anything", "flush-before-failure-recorded",
        "flush-failure-unheeded"})
    void aFindingThatIsPreventedIsDrawnAsWell(String name) throws IOException {
        Finding finding = Finding.named(name).orElseThrow();
        Run run = explainJudged(finding);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.AS_EXPECTED);
        DrawnSvg drawn = DrawnSvg.of(Files.readString(out().resolve("explain-" + name + ".svg")));
        assertThat(drawn.lanes()).startsWith("application", "page cache", "driver", "log", "leg 0", "leg 1");
        assertThat(drawn.titles()).hasSize(result().path("steps").size());
        assertThat(drawn.harmful()).isEqualTo(1);
    }

    /** The same by the command line as it is. */
    @Test
    void whatTlcIsAskedForOneFindingIsWhatItSaysOfThatAmongOthers() throws IOException {
        Finding finding = forced().findFirst().orElseThrow();
        Run asked = explain(finding.name());
        assertThat(asked.exitCode()).as(asked.err()).isEqualTo(ExitCode.AS_EXPECTED);
        JsonNode result = result();
        assertThat(result.path("forced").asBoolean()).isTrue();
        assertThat(explainJudged(finding)).isEqualTo(asked);
        assertThat(result().path("steps")).isEqualTo(result.path("steps"));
    }

    @Test
    void aPreventedFindingSaysWhatPreventsItAndShowsTheStepsOnly() throws IOException {
        Run run = explainJudged(PREVENTED);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(run.out()).contains("prevented: " + PREVENTED.why(), "LegFails(").doesNotContain("real files");
        JsonNode result = result();
        assertThat(result.fieldNames()).toIterable().containsExactly("verb", "commit", "seconds", "seed", "result", "name", "title",
                "model", "policy", "property", "status", "why", "harm", "verdict", "counterexampleLength", "lanes", "steps", "loop", "tlc",
                "forced", "divergence", "legs", "legsOffset", "bit", "story", "unexpected");
        assertThat(result.path("forced").asBoolean()).isFalse();
        JsonNode restart = result.path("steps").path(1);
        assertThat(restart.fieldNames()).toIterable().containsExactly("number", "action", "line", "module", "actor", "meaning", "seed",
                "kernel", "moves", "shows", "changes", "crash", "harm");
        assertThat(restart.path("action").asText()).isEqualTo("Restart");
        assertThat(restart.path("actor").asText()).isEqualTo("driver");
        assertThat(restart.path("seed").path(0).asText()).isEqualTo("S11");
        assertThat(restart.path("changes").findValuesAsText("variable")).contains("state[0]");
    }

    /** TLC is given a store that the mirror does not do so. */
    @Test
    void stepsThatTheMirrorDoesNotDoAreADivergence() throws IOException {
        Path spec = DoctoredSpec.in(temporary.resolve("spec"), "![p] = Storing \\in {\"write\", \"storeMark\"}",
                "![p] = Storing \\in {\"write\", \"storeMark\", \"mmap\"}");
        String configuration = Finding.named("reads-differ").orElseThrow().model() + ".cfg";
        Files.copy(ModelGraphs.SPEC.resolve(configuration), spec.resolve(configuration));
        Run run = explain("reads-differ", "--spec", spec.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.FINDING);
        assertThat(run.out()).contains("divergence at state 3, Store(0, 0)\n  changing[0]\n    expected  TRUE\n"
                + "    observed  FALSE\n", "Not as expected:\n  the mirror does not come to state 3 by Store(0, 0) as TLC has it\n");
        JsonNode result = result();
        assertThat(result.path("forced").asBoolean()).isFalse();
        assertThat(result.path("legs")).isEmpty();
        assertThat(result.path("unexpected")).hasSize(1);
        assertThat(result.path("divergence").path("action").asText()).isEqualTo("Store(0, 0)");
        assertThat(result.path("divergence").path("differences").path(0).path("variable").asText()).isEqualTo("changing[0]");
        OwnFolders.assertNone();
    }

    @Test
    void aModelThatIsNoFindingIsExplainedAndALassoIsShownAsOne() throws IOException {
        TinySpec spec = new TinySpec(Files.createDirectory(temporary.resolve("spec")));
        spec.write("MCTiny.tla", TinySpec.MODULE.replace("Small ==", "Ever == <>(x = 3)\nFair == Spec /\\ WF_x(Next)\nSmall =="));
        spec.write("MCTiny_Idle_Ever.cfg", "SPECIFICATION Spec\nPROPERTY Ever\n");
        spec.write("MCTiny_Fair_Ever.cfg", "SPECIFICATION Fair\nPROPERTY Ever\n");
        Run idle = explain("MCTiny_Idle_Ever", "--spec", spec.folder().toString());
        assertThat(idle.exitCode()).as(idle.err()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(idle.out()).contains("\nAnd nothing ever happens again.\n").doesNotContain("  harm  ");
        assertThat(result().path("loop").path("action").isNull()).isTrue();
        Run fair = explain("MCTiny_Fair_Ever", "--spec", spec.folder().toString());
        assertThat(fair.exitCode()).as(fair.err()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(fair.out()).contains("\nAnd back to state ", ", and so on for ever.\n");
        assertThat(result().path("loop").path("backTo").asInt()).isPositive();
        assertThat(result().path("status").isNull()).isTrue();
    }

    @Test
    void whatCannotBeExplainedIsAMistake() throws IOException {
        TinySpec spec = new TinySpec(Files.createDirectory(temporary.resolve("spec")));
        List.of("MCTiny_A_Small", "MCTiny_A_Tiny").forEach(spec::model);
        String folder = spec.folder().toString();
        assertMistake(explain("MCTiny_A_Small", "--spec", folder), "the model MCTiny_A_Small holds: one with a counterexample was "
                + "expected");
        assertMistake(explain("MCTiny_A", "--spec", folder), "MCTiny_A means 2 models, such as MCTiny_A_Small: one was expected");
        assertMistake(explain("MCTiny_B", "--spec", folder), "there is no model MCTiny_B; the nearest are MCTiny_A_Tiny, MCTiny_A_Small");
        assertMistake(explain("reads-differ", "--spec", folder), "there is no model MCMirror_Original_Mmap_ReadStability in " + folder
                + ": reads-differ is its counterexample");
        assertMistake(explain("ext2-bitmap", "--spec", folder), "--spec " + folder + " is not possible with ext2-bitmap, of which TLC "
                + "judges nothing");
    }

    private void assertMistake(Run run, String sentence) {
        assertThat(run).isEqualTo(new Run(ExitCode.USAGE, "", "lockstep: " + sentence + "\n"));
        assertThat(out()).doesNotExist();
    }
}
