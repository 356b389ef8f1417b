package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.LongTest;
import dev.lockstep.tlc.TlcDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@LongTest
class CheckVerbTest {
    private static final String SMALLEST = "MCMirror_MaybeDirty_WithoutLogFlushedBeforeData_NoDesync";

    @TempDir
    private Path temporary;
    private Path out;
    private TinySpec tiny;

    @BeforeEach
    void prepare() throws IOException {
        out = temporary.resolve("out");
        tiny = new TinySpec(Files.createDirectory(temporary.resolve("spec")));
    }

    private Run check(String... arguments) {
        List<String> all = new ArrayList<>(List.of("check", "--out", out.toString()));
        all.addAll(List.of(arguments));
        return Run.lockstep(all.toArray(String[]::new));
    }

    private Run checkTiny(String... arguments) {
        return tiny.check(out, arguments);
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(out.resolve("check.json").toFile());
    }

    private void assertMistake(Run run, String... parts) {
        assertThat(run.err().lines()).singleElement().asString().startsWith("lockstep: ").contains(parts);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(out).doesNotExist();
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void aModelOfTheSpecIsJudgedAsPinned() throws IOException {
        Run run = check(SMALLEST, "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(out.resolve("check.json")).hasContent(run.out());
        JsonNode result = result();
        assertThat(keys(result)).containsExactly("verb", "commit", "seconds", "seed", "result", "unexpected", "tlc",
                "jar", "specHash", "models");
        assertThat(result.get("verb").textValue()).isEqualTo("check");
        assertThat(result.get("result").textValue()).isEqualTo("as expected");
        assertThat(result.get("seed").intValue()).isZero();
        assertThat(result.get("unexpected").intValue()).isZero();
        assertThat(result.get("jar").textValue()).isEqualTo("bundled");
        JsonNode model = result.get("models").get(0);
        assertThat(keys(model)).containsExactly("name", "module", "policy", "property", "claim", "expected", "verdict",
                "counterexampleLength", "distinctStates", "totalStates", "depth", "seconds", "unexpected",
                "lanes", "counterexample", "loop", "back");
        assertThat(model.get("name").textValue()).isEqualTo(SMALLEST);
        assertThat(model.get("policy").textValue()).isEqualTo("MaybeDirty");
        assertThat(model.get("verdict").textValue()).isEqualTo("violated").isEqualTo(model.get("expected").textValue());
        assertThat(model.get("counterexample")).hasSize(model.get("counterexampleLength").intValue());
    }

    @Test
    void aCounterexampleSaysWhatEachStepChanged() throws IOException {
        Run run = check(SMALLEST);
        assertThat(run.out()).contains(SMALLEST + ": NoDesync is violated in 8 states\n").containsPattern(
                "\n8  LegWrite\\(0, 0, 0\\) +leg\\[0\\]\\.may\\[0\\]: \\{0\\} → \\{0, 1\\}, "
                + "leg\\[0\\]\\.now\\[0\\]: 0 → 1, "
                + "slot\\[0\\]\\.todo\\[0\\]: \\{0\\} → \\{\\}\n");
        JsonNode states = result().get("models").get(0).get("counterexample");
        assertThat(states.get(0).get("action").textValue()).isEqualTo("initial state");
        assertThat(states.get(0).get("line").isNull()).isTrue();
        assertThat(states.get(0).get("changes")).isNotEmpty().allMatch(change -> change.get("from").isNull());
        JsonNode last = states.get(7);
        assertThat(last.get("number").intValue()).isEqualTo(8);
        assertThat(last.get("module").textValue()).isEqualTo("Mirror");
        assertThat(last.get("changes").get(1)).isEqualTo(new ObjectMapper().createObjectNode()
                .put("variable", "leg[0].now[0]").put("from", "0").put("to", "1"));
        try (SpecFolder spec = SpecFolder.open(Optional.empty())) {
            String line = Files.readAllLines(spec.path().resolve("Mirror.tla")).get(last.get("line").intValue() - 2);
            assertThat(line).startsWith("LegWrite(i, b, l) ==");
        }
    }

    @Test
    void withoutModelsAllAreJudgedAndCounterexamplesShownWhenAskedFor() {
        tiny.holds("MCTiny_Small", 4, "Leap");
        tiny.violated("MCTiny_Tiny", 3);
        String jar = TlcDistribution.bundled().location().toString();
        Run run = checkTiny("--tla2tools", jar, "--jobs", "1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(run.out()).contains("All as expected: of 2 verdicts 1 \"holds\" and 1 \"violated\"")
                .doesNotContain("initial state");
        Run shown = checkTiny("--counterexamples");
        assertThat(shown.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(shown.out()).contains("""
                MCTiny_Tiny: Tiny is violated in 3 states
                1  initial state
                2  Up             x: 0 → 1
                3  Up             x: 1 → 2
                """);
    }

    @Test
    void modelsOfTheSameStatesAreJudgedTogetherWithTheSameResult() throws IOException {
        tiny.holds("MCTiny_A_X_Small", 4, "Leap");
        tiny.holds("MCTiny_A_X_Natural", 4, "Leap");
        tiny.holds("MCTiny_A_Y_Small", 4, "Leap");
        tiny.violated("MCTiny_A_X_Tiny", 3);
        for (String[] arguments : new String[][] {{}, {"--one-by-one"}}) {
            Run run = checkTiny(arguments);
            assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
            assertThat(result().get("models")).extracting(model -> model.get("name").textValue())
                    .containsExactly("MCTiny_A_X_Natural", "MCTiny_A_X_Small", "MCTiny_A_X_Tiny", "MCTiny_A_Y_Small");
        }
    }

    @Test
    void aViolationAmongModelsJudgedTogetherIsThatOfOneModel() throws IOException {
        tiny.holds("MCTiny_A_X_Small", 4, "Leap");
        tiny.holds("MCTiny_A_X_Natural", 4, "Leap");
        tiny.pin("MCTiny_A_X_Tiny", "holds", null, 4, 7, 4, "Leap");
        assertThat(checkTiny().exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(result().get("models")).extracting(model -> model.get("verdict").textValue())
                .containsExactly("holds", "holds", "violated");
        assertThat(result().get("unexpected").intValue()).isEqualTo(1);
    }

    @Test
    void everythingThatIsNotAsPinnedIsNamed() throws IOException {
        tiny.holds("MCTiny_Right_X_Small", 4, "Leap");
        tiny.pin("MCTiny_Verdict_X_Small", "violated", 3, 4, 7, 4);
        tiny.violated("MCTiny_Verdict_X_Tiny", 3);
        tiny.pin("MCTiny_Verdict_Y_Tiny", "holds", null, 4, 7, 4);
        tiny.violated("MCTiny_Length_X_Tiny", 4);
        tiny.holds("MCTiny_States_X_Small", 5, "Leap");
        tiny.holds("MCTiny_Fires_X_Small", 4, "Leap", "Up");
        tiny.holds("MCTiny_Never_X_Small", 4);
        tiny.model("MCTiny_Unknown_X_Small");
        Run run = checkTiny();
        assertThat(run.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(run.out()).contains("Not as expected:\n");
        assertThat(result().get("result").textValue()).isEqualTo("finding");
        assertThat(result().get("unexpected").intValue()).isEqualTo(7);
        List<String> sentences = new ArrayList<>();
        result().get("models").forEach(model -> model.get("unexpected").forEach(one -> sentences.add(one.textValue())));
        assertThat(sentences).containsExactly(
                "MCTiny_Fires_X_Small has the action Up turned off, but it fired 3 times",
                "MCTiny_Length_X_Tiny has a counterexample of 3 states, where one of 4 was expected",
                "MCTiny_Never_X_Small has the action Leap, but it never fired",
                "MCTiny_States_X_Small has 4 distinct states, where 5 were expected",
                "MCTiny_Unknown_X_Small is not pinned in verdicts.json",
                "MCTiny_Verdict_X_Small was expected to be violated, but Small holds",
                "MCTiny_Verdict_Y_Tiny was expected to hold, but Tiny is violated in 3 states");
        assertThat(run.out()).contains(sentences);
    }

    @Test
    void whatIsFoundIsPinnedAndWhatAPersonWroteStays() throws IOException {
        tiny.model("MCTiny_Small");
        tiny.model("MCTiny_Tiny");
        assertThat(checkTiny("--pin").exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        Path file = tiny.folder().resolve(Pins.FILE);
        Pins pins = Json.read(file, Pins.class);
        assertThat(pins.models())
                .extracting(Pin::name, Pin::expected, Pin::counterexampleLength, Pin::distinctStates, Pin::off)
                .containsExactly(tuple("MCTiny_Small", "holds", null, 4L, List.of("Leap")),
                        tuple("MCTiny_Tiny", "violated", 3, 3L, List.of()));
        tiny.write(Pins.FILE, Files.readString(file).replaceFirst("\"claim\": \"\"", "\"claim\": \"By hand.\"")
                .replace("\"depth\": 4", "\"depth\": 5"));
        assertThat(checkTiny("--pin", "MCTiny_Small").exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(Json.read(file, Pins.class).models()).extracting(Pin::claim, Pin::depth).containsExactly(
                tuple("By hand.", 4), tuple("", 3));
        assertThat(Json.read(tiny.folder().resolve(Manifest.FILE), Manifest.class).modules()).hasSize(1);
    }

    @Test
    void pinningNeedsAFolderToPinIn() {
        assertMistake(check("--pin"), "--pin needs --spec DIR");
    }

    @Test
    void theTableIsPrintedWithoutJudgingAnything() {
        tiny.holds("MCTiny_Small", 4000, "Leap");
        tiny.violated("MCTiny_Tiny", 3);
        Run run = checkTiny("--table");
        assertThat(run).isEqualTo(new Run(ExitCode.AS_EXPECTED, """
                <!-- verdicts: begin -->

                | model | verdict | claim | states | generated | depth |
                |---|---|---|--:|--:|--:|
                | `MCTiny_Small` | holds | A claim. | 4,000 | 7 | 4 |
                | `MCTiny_Tiny` | **violated** in 3 states | A claim. | 3 | 3 | 3 |

                <!-- verdicts: end -->
                """, ""));
        assertThat(out).doesNotExist();
    }

    @Test
    void anUnknownModelIsAMistakeThatNamesTheNearest() {
        assertMistake(check("MCMirror_Orignal_Mmap_NoDesync"), "there is no model MCMirror_Orignal_Mmap_NoDesync",
                "the nearest are MCMirror_Original_Mmap_NoDesync, ");
    }

    @Test
    void aJarWithoutTlcIsAMistake() throws IOException {
        Path none = temporary.resolve("none.jar");
        assertMistake(check("--tla2tools", none.toString()), "there is no file " + none);
        Path text = Files.writeString(temporary.resolve("text.jar"), "no jar");
        assertMistake(check("--tla2tools", text.toString()), text + " is not a jar");
    }

    @Test
    void aSpecWithASyntaxErrorIsAMistakeThatNamesFileAndLine() {
        tiny.holds("MCTiny_A_X_Small", 4, "Leap");
        tiny.holds("MCTiny_B_X_Small", 4, "Leap");
        tiny.write("MCTiny.tla", TinySpec.MODULE.replace("Down == x > 0", "Down == x > > 0"));
        assertMistake(checkTiny(), "MCTiny.tla, line 6");
        tiny.write("MCTiny.tla", TinySpec.MODULE.replace("Down == x > 0", "Down == y > 0"));
        assertMistake(checkTiny(), "MCTiny.tla, line 6", "y");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aConfigurationWithAnErrorIsAMistakeThatNamesIt() {
        tiny.holds("MCTiny_Small", 4, "Leap");
        tiny.write("MCTiny_Small.cfg", "SPECIFICATION Spec\nINVARIANT Smaller\n");
        assertMistake(checkTiny(), "MCTiny_Small", "Smaller");
        tiny.write("MCOther_Small.cfg", "SPECIFICATION Spec\n");
        assertMistake(checkTiny("MCOther_Small"), "there is no module MCOther");
    }

    @Test
    void pinsThatAreMissingOrNotInFormAreAMistake() {
        tiny.model("MCTiny_Small");
        assertMistake(checkTiny(), "there is no " + tiny.folder().resolve(Pins.FILE));
        tiny.write(Pins.FILE, "{ \"models\": [\n{ \"name\": } ] }");
        assertMistake(checkTiny(), Pins.FILE + ", line 2: JSON was expected");
        tiny.write(Pins.FILE, "{ \"models\": [\n{ \"name\": 1 } ] }");
        assertMistake(checkTiny(), Pins.FILE + ", line 2: models[0].module: the key module is missing");
        tiny.write(Pins.FILE, "{ \"models\": [],\n\"more\": [] }");
        assertMistake(checkTiny(), Pins.FILE + ", line 2: more: Unrecognized field \"more\"");
        tiny.holds("MCTiny_Small", 4, "Leap");
        tiny.write(Pins.FILE, Json.text(Json.read(tiny.folder().resolve(Pins.FILE), Pins.class))
                .replace("holds", "hold"));
        assertMistake(checkTiny(), Pins.FILE, "models[0]", "holds or violated was expected, and hold found");
    }

    @Test
    void aPinWithoutItsModelIsAMistake() throws IOException {
        tiny.holds("MCTiny_Small", 4, "Leap");
        tiny.holds("MCTiny_Gone_X_Small", 4, "Leap");
        Files.delete(tiny.folder().resolve("MCTiny_Gone_X_Small.cfg"));
        assertMistake(checkTiny(), "pins the model MCTiny_Gone_X_Small");
    }

    @Test
    void whereNoResultCanBeWrittenNothingIsBegun() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        Run run = Run.lockstep("check", "--out", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err().lines()).singleElement().asString().contains(file + " is a file");
        assertThat(file).isEmptyFile();
    }
}
