package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.LongTest;
import dev.lockstep.sut.ModelGraphs;
import dev.lockstep.tlc.Model;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Trace;
import dev.lockstep.trace.TraceJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Suites as a whole: their shards, their traces, what is kept of them. */
@LongTest
class SuiteOptionsTest {
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

    private Run replay(Function<Model, StateGraph> explorer, String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay", "--policy", "LockBuffers", "--out", out.toString()));
        all.addAll(List.of(arguments));
        return Run.of(console -> new ReplayVerb(console, explorer), all.toArray(String[]::new));
    }

    private static StateGraph never(Model model) {
        throw new AssertionError("the graph of " + model.name() + " was to come from the cache");
    }

    @Test
    void theShardsOfASuiteTakeEveryEdgeBetweenThem() throws IOException {
        long edges = 0;
        List<String> hashes = new ArrayList<>();
        for (String shard : List.of("1/2", "2/2")) {
            Run run = replay(ModelGraphs::of, "--shard", shard, "--threads", "2");
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
            assertThat(run.out()).contains("replay of 1x1x2, shard " + shard + " of each suite");
            JsonNode result = Json.MAPPER.readTree(out.resolve("replay.json").toFile());
            JsonNode policy = result.path("policies").path(0);
            assertThat(result.path("shard").asText()).isEqualTo(shard);
            assertThat(policy.path("covered").asLong()).isEqualTo(policy.path("edges").asLong()).isPositive();
            assertThat(policy.path("divergences").asInt(-1)).isZero();
            edges += policy.path("edges").asLong();
            hashes.add(Files.readString(out.resolve("suites.json")));
        }
        JsonNode suite = Json.MAPPER.readTree(hashes.get(0)).path("suites").path(0);
        assertThat(edges).isEqualTo(suite.path("edges").asLong());
        assertThat(hashes.get(1)).as("what is said of the whole suite, made twice").isEqualTo(hashes.get(0));
        assertThat(suite.path("steps").asLong()).isGreaterThanOrEqualTo(suite.path("lowerBound").asLong());
        assertThat(suite.path("suiteHash").asText()).matches("[0-9a-f]{64}");
        assertThat(suite.path("edgesOf").path("Kill").asLong()).isPositive();
        assertThat(suite.path("stepsOf").path("LegWrite(0, 0, 1)").asLong()).isPositive();
    }

    @Test
    void aSuiteThatIsKeptIsTheSameAsOneThatIsMade() throws IOException {
        Path cache = temporary.resolve("cache");
        Run made = replay(ModelGraphs::of, "--list", "--cache", cache.toString());
        assertThat(made.err()).isEmpty();
        assertThat(replay(SuiteOptionsTest::never, "--list", "--cache", cache.toString())).isEqualTo(made);
        try (Stream<Path> files = Files.list(cache)) {
            Path kept = files.findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(kept);
            Files.writeString(kept, "nonsense");
            Run again = replay(ModelGraphs::of, "--list", "--cache", cache.toString());
            assertThat(again.out()).isEqualTo(made.out() + kept + " is not used, and made anew: a graph and its suite were expected, but its "
                    + "checksum is not that of what it holds\n");
            assertThat(Files.readAllBytes(kept)).isEqualTo(bytes);
        }
    }

    @Test
    void aTraceThatIsListedCanBeWrittenAndReplayed() throws IOException {
        List<String> lines = replay(ModelGraphs::of, "--list").out().lines().toList();
        assertThat(lines).hasSizeGreaterThan(100).allMatch(line -> line.matches("[0-9a-f]{16} +\\d+ +\\d+"));
        String[] words = lines.get(lines.size() / 2).split(" +");
        Run run = replay(ModelGraphs::of, "--export", words[0]);
        Path file = out.resolve("trace-" + words[0] + ".itf.json");
        assertThat(run).isEqualTo(new Run(ExitCode.AS_EXPECTED, "trace " + words[0] + ": " + words[1] + " steps, in " + file + "\n", ""));
        Trace trace = TraceJson.read(file);
        assertThat(trace.id()).isEqualTo(words[0]);
        assertThat(trace.steps()).hasSize(Integer.parseInt(words[1]));
        Run replayed = Run.of(console -> new ReplayVerb(console, ModelGraphs::of), "replay", "--out", out.toString(), "--trace", file.toString());
        assertThat(replayed.out()).isEqualTo("trace " + words[0] + ": " + words[1] + " steps, each as the model says\n");
    }

    @Test
    void whatCannotBeAskedOfASuiteIsAMistake() throws IOException {
        for (String shard : List.of("0/2", "3/2", "1", "1/0", "a/b", "-1/2", "1/1001", "1/2/3", "")) {
            assertMistake("--shard " + shard + " is no shard of a suite; i/n with i from 1 to n and n at most 1000, such as 2/5, is expected",
                    "--shard", shard);
        }
        for (String threads : List.of("0", "-1", "65")) {
            assertMistake("--threads " + threads + " is no number of threads; 1 to 64 is expected", "--threads", threads);
        }
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertMistake("the cache cannot be in " + file + ": a folder that can be written was expected, but ", "--cache", file.toString());
        assertMistake("no suite that was looked at has a trace 0123456789abcdef: an id that --list prints, or that of the way to a crash, is "
                + "expected, with the same size, policy and environment", "--export", "0123456789abcdef");
        assertMistake("--trace is one trace, of which there is no suite: it is expected without --shard, --cache, --list and --export", "--trace",
                "t", "--list");
    }

    private void assertMistake(String sentence, String... arguments) throws IOException {
        Snapshot before = Snapshot.of(temporary);
        Run run = replay(ModelGraphs::of, arguments);
        assertThat(run.err().lines()).singleElement().asString().startsWith("lockstep: " + sentence);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(Snapshot.of(temporary)).as("nothing changed on disk").isEqualTo(before);
    }
}
