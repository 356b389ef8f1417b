package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.LongTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@LongTest
class BenchVerbTest {
    @TempDir
    private Path temporary;

    private Run bench(String... arguments) {
        List<String> all = new ArrayList<>(List.of("bench", "--out", temporary.resolve("out").toString()));
        if (!List.of(arguments).contains("--dir")) {
            all.addAll(List.of("--dir", temporary.toString()));
        }
        all.addAll(List.of(arguments));
        return Run.lockstep(all.toArray(String[]::new));
    }

    private void assertMistake(String sentence, String... arguments) throws IOException {
        Snapshot before = Snapshot.of(temporary);
        Run run = bench(arguments);
        assertThat(run.err().lines()).singleElement().asString().startsWith("lockstep: " + sentence);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(Snapshot.of(temporary)).as("nothing changed on disk").isEqualTo(before);
    }

    /** What is measured says nothing in one round; that it is measured, counted and told does not depend on the time it takes. */
    @Test
    void oneRoundHasAllThatIsMeasuredAndLeavesNothingBehind() throws IOException {
        Run run = bench("--quick", "--rounds", "1", "--block", "4KiB", "--policy", "MaybeDirty", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
        assertThat(temporary).as("the files are gone").isDirectoryContaining(each -> each.endsWith("out"))
                .isDirectoryNotContaining(each -> each.getFileName().toString().startsWith("lockstep-bench-"));
        JsonNode result = Json.MAPPER.readTree(run.out());
        assertThat(result.fieldNames()).toIterable().containsExactly("verb", "commit", "seconds", "seed", "result", "rounds", "ratios",
                "crashes", "scales");
        assertThat(result.path("ratios").findValuesAsText("target")).hasSize(8 * 3).startsWith("bare", "NeverClean", "MaybeDirty");
        for (JsonNode each : result.path("ratios")) {
            assertThat(each.path("againstBare").path("median").asDouble()).as(each.toString()).isPositive();
            boolean cold = !each.path("load").path("warm").asBoolean() && !each.path("target").asText().equals("bare");
            assertThat(each.path("costs").path("logWrites").asLong() > 0).as("the log is written where a region was clean: %s", each)
                    .isEqualTo(cold);
        }
        JsonNode crashes = result.path("crashes");
        assertThat(crashes.findValuesAsText("policy")).containsExactly("NeverClean", "MaybeDirty");
        assertThat(crashes.findValuesAsText("bytes")).as("NeverClean resyncs all, MaybeDirty what was in use")
                .containsExactly("" + (64 << 20), "" + (2 << 20));
        assertThat(result.path("scales").findValuesAsText("regions")).containsExactly("2048", "2097152");
    }

    @Test
    void whatCannotBeUsedIsAMistake() throws IOException {
        assertMistake("--rounds 0 is not possible: at least 1 was expected", "--rounds", "0");
        assertMistake("--soak 0 is not possible: at least 1 was expected", "--soak", "0");
        assertMistake("--block 5000 is not possible: a power of two from 4KiB to 1MiB was expected", "--block", "5000");
        assertMistake("--block 2KiB is not possible", "--block", "2KiB");
        assertMistake("--block x is no number of bytes", "--block", "x");
        assertMistake("there is no policy Nobody: Original, ", "--policy", "Nobody");
        assertMistake("the files cannot be in " + temporary.resolve("none"), "--dir", temporary.resolve("none").toString());
    }
}
