package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.LongTest;
import dev.lockstep.sut.ModelGraphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@LongTest
class DivergenceTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final String PROGRAM = "java -jar conformance/target/lockstep.jar ";

    @TempDir
    private Path temporary;

    @Test
    void aDivergenceIsShownOnceAndWellAndCanBeRepeated() throws IOException {
        Path spec = DoctoredSpec.in(temporary.resolve("a doctored spec"), "[] OTHER -> \"DIRTY\"", "[] OTHER -> \"MAYBE_DIRTY\"");
        Path out = temporary.resolve("out");
        Run run = Run.of(console -> new ReplayVerb(console, ModelGraphs::of), "replay", "--spec", spec.toString(), "--policy", "MaybeDirty", "--out", out.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.FINDING);

        JsonNode result = Json.MAPPER.readTree(Files.readString(out.resolve("replay.json")));
        assertThat(result.path("result").asText()).isEqualTo("finding");
        assertThat(result.path("policies").path(0).path("divergences").asInt()).isEqualTo(1);
        JsonNode divergence = result.path("policies").path(0).path("divergence");
        assertThat(divergence.path("action").asText()).isEqualTo("Submit(0)");
        assertThat(divergence.path("differences").path(0).path("variable").asText()).isEqualTo("state[0]");
        assertThat(divergence.path("differences").path(0).path("expected").asText()).isEqualTo("\"MAYBE_DIRTY\"");
        assertThat(divergence.path("differences").path(0).path("observed").asText()).isEqualTo("\"DIRTY\"");
        assertThat(divergence.path("prefix")).hasSize(divergence.path("step").asInt());
        assertThat(divergence.path("prefix").path(0).asText()).isEqualTo("Restart");
        assertThat(divergence.path("prefix").path(divergence.path("step").asInt() - 1).asText()).isEqualTo("Submit(0)");

        int specLine = divergence.path("spec").path("line").asInt();
        assertThat(Files.readAllLines(spec.resolve("Mirror.tla")).get(specLine - 1)).startsWith("Submit(i) ==");
        assertThat(divergence.path("method").path("class").asText()).isEqualTo("RegionMachine");
        assertThat(divergence.path("method").path("name").asText()).isEqualTo("submit");
        int methodLine = divergence.path("method").path("line").asInt();
        assertThat(Files.readAllLines(Path.of("..", "impl", "src", "main", "java", "dev", "lockstep", "region", "RegionMachine.java"))
                .get(methodLine - 1)).contains(" submit(");

        assertThat(out.resolve("divergence-" + divergence.path("trace").asText() + ".itf.json")).isRegularFile();
        assertThat(run.out()).contains("MaybeDirty on a hardened log: divergence at step " + divergence.path("step") + ", Submit(0)\n",
                "  spec    Mirror.tla:" + specLine + "\n", "  code    RegionMachine.submit (RegionMachine.java:" + methodLine + ")\n",
                "    expected  \"MAYBE_DIRTY\"\n", "    observed  \"DIRTY\"\n",
                "  repeat  " + divergence.path("command").asText() + "\n");

        assertThat(divergence.path("again").asBoolean()).isTrue();
        assertThat(divergence.path("steps")).hasSize(divergence.path("step").asInt() + 1);
        JsonNode last = divergence.path("steps").path(divergence.path("step").asInt());
        assertThat(last.path("action").asText()).isEqualTo("Submit(0)");
        assertThat(last.path("harm").asText()).isEqualTo("After this step the mirror is not as the model says.");
        assertThat(divergence.path("steps").findValuesAsText("harm").stream().filter(harm -> !harm.equals("null"))).hasSize(1);
        assertDrawn(divergence.path("trace").asText(), out);
        assertRepeats(divergence.path("command").asText(), run.out());
        OwnFolders.assertNone();
    }

    /** The trace that the replay has kept can be explained by its id. */
    private static void assertDrawn(String id, Path out) throws IOException {
        Run explained = Run.lockstep("explain", id, "--out", out.toString());
        assertThat(explained.err()).isEmpty();
        assertThat(explained.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(explained.out()).contains("trace " + id + "\n", "Restart", "Submit(0)");
        DrawnSvg drawn = DrawnSvg.of(Files.readString(out.resolve("explain-trace-" + id + ".svg")));
        assertThat(drawn.titles().get(drawn.titles().size() - 1)).contains("Submit(0)");
        assertThat(drawn.harmful()).as("at its end the legs agree").isZero();
    }

    private void assertRepeats(String command, String shown) {
        assertThat(command).startsWith(PROGRAM + "replay --spec '" + temporary.resolve("a doctored spec")
                + "' --log-format hardened --trace ");
        List<String> arguments = new ArrayList<>();
        Matcher words = WORD.matcher(command.substring(PROGRAM.length()));
        while (words.find()) {
            arguments.add(words.group(1) != null ? words.group(1) : words.group(2));
        }
        arguments.addAll(List.of("--out", temporary.resolve("again").toString()));
        Run again = Run.of(console -> new ReplayVerb(console, ModelGraphs::of), arguments.toArray(String[]::new));
        assertThat(again.err()).isEmpty();
        assertThat(again.exitCode()).isEqualTo(ExitCode.FINDING);
        String told = again.out().substring(0, again.out().indexOf("  repeat  "));
        assertThat(shown).as("what was shown at first").contains(told);
    }
}
