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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@LongTest
class ReplayVerbTest {
    @TempDir
    private Path temporary;
    private Path out;

    @BeforeEach
    void chooseOut() {
        out = temporary.resolve("out");
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        OwnFolders.assertNone();
    }

    private Run replay(String... arguments) {
        return Run.lockstep(all(arguments));
    }

    private String[] all(String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay", "--out", out.toString()));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    private void assertMistake(String sentence, String... arguments) throws IOException {
        Snapshot before = Snapshot.of(temporary);
        Run run = Run.of(console -> new ReplayVerb(console, ModelGraphs::of), all(arguments));
        assertThat(run.err().lines()).singleElement().asString().startsWith("lockstep: " + sentence);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(Snapshot.of(temporary)).as("nothing changed on disk").isEqualTo(before);
    }

    @Test
    void aPolicyIsReplayedOnEveryEdgeAndTheResultHasItsKeys() throws IOException {
        Run run = replay("--policy", "Original", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(out.resolve("replay.json")).hasContent(run.out());
        JsonNode result = Json.MAPPER.readTree(run.out());
        assertThat(result.fieldNames()).toIterable().containsExactly("verb", "commit", "seconds", "seed", "result", "size", "specHash",
                "slots", "environment", "shard", "folder", "notes", "policies");
        assertThat(result.path("result").asText()).isEqualTo("as expected");
        assertThat(result.path("size").asText()).isEqualTo("1x1x2");
        assertThat(result.path("specHash").asText()).matches("[0-9a-f]{16}");
        assertThat(result.path("folder").asText()).isIn("tmpfs", "disk");
        assertThat(result.path("policies")).hasSize(1);
        JsonNode policy = result.path("policies").path(0);
        assertThat(policy.fieldNames()).toIterable().contains("policy", "logFormat", "edges", "covered", "steps", "stepsPerSecond", "divergences",
                "states", "walks", "forks", "images", "stepsPerEdge", "graphSeconds", "suiteSeconds", "replaySeconds", "stepsPerAction",
                "divergence");
        assertThat(policy.path("policy").asText()).isEqualTo("Original");
        assertThat(policy.path("logFormat").asText()).as("that of a volume, if nobody says otherwise").isEqualTo("hardened");
        assertThat(policy.path("covered").asLong()).isEqualTo(policy.path("edges").asLong()).isGreaterThan(100_000);
        assertThat(policy.path("divergences").asInt(-1)).isZero();
        assertThat(policy.path("divergence").isNull()).isTrue();
        assertThat(policy.path("stepsPerEdge").asDouble()).isBetween(1.0, 1.8);
        assertThat(policy.path("stepsPerAction").path("LegWrite").asLong()).isPositive();
    }

    @Test
    void aPolicyThatThereIsNotIsAMistake() throws IOException {
        assertMistake("there is no policy Originals: Original, LockBuffers, NeverClean, FlushPeriod, MaybeDirty, BounceCopy, "
                + "CompareLegs was expected", "--policy", "Originals");
    }

    @Test
    void aSizeThatIsNoneIsAMistake() throws IOException {
        assertMistake("size 1x1 is no size; ", "1x1");
        assertMistake("size 3x2x3 cannot be replayed; ", "3x2x3");
        assertMistake("--slots: 0 writes at a time cannot be replayed; 1 to 4 are expected", "--slots", "0");
    }

    @Test
    void aFolderForTheFilesThatCannotBeWrittenIsAMistake() throws IOException {
        Path missing = temporary.resolve("none");
        Path file = Files.writeString(temporary.resolve("file"), "a file");
        for (Path path : List.of(missing, file)) {
            assertMistake("the mirror's files cannot be in " + path + ": a folder that can be written was expected", "--policy",
                    "Original", "--files", path.toString());
        }
        assertMistake("the mirror's files cannot be in /proc: a folder that can be written was expected", "--policy", "Original",
                "--files", "/proc");
    }

    @Test
    void aFolderForTheResultThatCannotBeWrittenIsAMistake() throws IOException {
        out = Files.writeString(temporary.resolve("file"), "a file");
        assertMistake("the results cannot be written into " + out, "--policy", "Original");
        out = out.resolve("below");
        assertMistake("the results cannot be written into " + out, "--policy", "Original");
    }

    @Test
    void aSpecThatCannotBeUsedIsAMistake() throws IOException {
        Path wrong = DoctoredSpec.in(temporary.resolve("wrong"), "FlushEnd ==\n  /\\ RoundOver /\\ Marked = {}",
                "FlushEnd ==\n  /\\ RoundOver /\\ Marked = {");
        assertMistake("", "--policy", "Original", "--spec", wrong.toString());
        Path other = DoctoredSpec.in(temporary.resolve("other"), "NoPage == -1", "NoPage == -3");
        assertMistake("the spec in " + other + " is not one of this mirror: its variable ", "--policy", "Original", "--spec",
                other.toString());
        assertMistake("there is no folder " + temporary.resolve("none"), "--spec", temporary.resolve("none").toString());
    }
}
