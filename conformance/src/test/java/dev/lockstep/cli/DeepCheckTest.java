package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@LongTest
class DeepCheckTest {
    @TempDir
    private Path temporary;
    private Path out;
    private TinySpec tiny;

    @BeforeEach
    void prepare() throws IOException {
        out = temporary.resolve("out");
        tiny = new TinySpec(Files.createDirectory(temporary.resolve("spec")));
        // A folder without an ordinary model is no spec.
        tiny.model("MCTiny_Small");
    }

    private Run check(String... arguments) {
        return tiny.check(out, arguments);
    }

    private JsonNode deep() throws IOException {
        JsonNode result = new ObjectMapper().readTree(out.resolve("check.json").toFile());
        assertThat(result.get("models")).isEmpty();
        return result.get("deep");
    }

    private void assertMistake(Run run, String... parts) {
        assertThat(run.err().lines()).singleElement().asString().startsWith("lockstep: ").contains(parts);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(out).doesNotExist();
    }

    @Test
    void whatIsCompleteHoldsAndWhatIsNotHasNoViolationSoFar() throws IOException {
        tiny.write("MCTiny_A_X_Natural.deep", "SPECIFICATION Spec\nINVARIANT Natural\n");
        tiny.write("MCTiny_A_Y_Natural.deep", "INIT Init\nNEXT Endless\nINVARIANT Natural\n");
        tiny.write("MCTiny.tla", TinySpec.MODULE.replace("Small ==", "Endless == x' = x + 1\nSmall =="));
        Run run = check("--deep", "--minutes", "0.2", "--jobs", "1");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(run.out()).contains("holds, complete", "no violation so far",
                "No violation in 2 models, 1 of them judged completely");
        JsonNode complete = deep().get(0);
        assertThat(complete.get("name").textValue()).isEqualTo("MCTiny_A_X_Natural");
        assertThat(complete.get("policy").textValue()).isEqualTo("A");
        assertThat(complete.get("property").textValue()).isEqualTo("Natural");
        assertThat(complete.get("verdict").textValue()).isEqualTo("holds");
        assertThat(complete.get("depth").intValue()).isEqualTo(4);
        assertThat(complete.get("distinctStates").intValue()).isEqualTo(4);
        assertThat(complete.get("totalStates").intValue()).isEqualTo(7);
        assertThat(complete.get("queued").intValue()).isZero();
        JsonNode endless = deep().get(1);
        assertThat(endless.get("verdict").textValue()).isEqualTo("no violation so far");
        assertThat(endless.get("depth").intValue()).isPositive();
        assertThat(endless.get("queued").intValue()).isEqualTo(1);
    }

    @Test
    void aViolationIsAFinding() throws IOException {
        tiny.write("MCTiny_A_X_Tiny.deep", "SPECIFICATION Spec\nINVARIANT Tiny\n");
        Run run = check("--deep", "MCTiny_A_X_Tiny.deep");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FINDING);
        assertThat(run.out()).contains("violated !", "MCTiny_A_X_Tiny: Tiny is violated in 3 states\n",
                "\n3  Up             x: 1 → 2\n", "Not as expected: of 1 model 1 is violated.\n");
        assertThat(deep().get(0).get("counterexampleLength").intValue()).isEqualTo(3);
        assertThat(deep().get(0).get("counterexample")).hasSize(3);
    }

    @Test
    void whatCannotBeUsedIsAMistake() {
        assertMistake(check("--deep"), "there is no large model", "MODULE_..._PROPERTY.deep were expected");
        tiny.write("MCTiny_A_X_Tiny.deep", "SPECIFICATION Spec\nINVARIANT Tinier\n");
        assertMistake(check("--deep", "MCTiny_B"), "there is no model MCTiny_B; the nearest are MCTiny_A_X_Tiny");
        assertMistake(check("--deep"), "MCTiny_A_X_Tiny.deep: ", "Tinier");
        assertMistake(check("--minutes", "3"), "--minutes needs --deep");
        assertMistake(check("--deep", "--minutes", "0"), "--minutes 0.0 is not possible: more than 0 was expected");
        assertMistake(check("--deep", "--minutes", "soon"), "soon");
        assertMistake(check("--deep", "--distributed"), "--deep, --distributed, --worker and --pin exclude each other");
        assertMistake(check("--deep", "--pin"), "--deep, --distributed, --worker and --pin exclude each other");
    }

    @Test
    void theSpecThatComesWithLockstepHasLargeModels() throws IOException {
        try (SpecFolder folder = SpecFolder.open(Optional.empty())) {
            assertThat(folder.deepModels()).isNotEmpty();
            for (ModelName model : folder.deepModels()) {
                assertThat(folder.modules()).contains(model.module());
                assertThat(folder.deepModel(model).configuration()).contains(model.property());
            }
        }
    }
}
