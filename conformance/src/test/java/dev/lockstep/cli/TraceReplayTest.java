package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.region.Policy;
import dev.lockstep.suite.ShortestPath;
import dev.lockstep.sut.ModelGraphs;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Trace;
import dev.lockstep.trace.TraceJson;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@LongTest
class TraceReplayTest {
    @TempDir
    private Path temporary;
    private Trace trace;

    /** A trace of Original to a write that has ended in a region that is CLEAN again: NeverClean has no such thing. */
    @BeforeEach
    void take() throws IOException {
        StateGraph graph = ModelGraphs.twoSteps(Policy.ORIGINAL);
        int edge = 0;
        while (!graph.label(edge).action().equals("Quiesce")) {
            edge++;
        }
        int[] path = new ShortestPath(graph).to(edge);
        try (SpecFolder spec = SpecFolder.open(Optional.empty())) {
            trace = graph.trace(spec.hash(), "Original", "1x1x2", graph.source(path[0]), path);
        }
    }

    private Path write(Trace written) throws IOException {
        Path file = temporary.resolve("trace.itf.json");
        TraceJson.write(written, file);
        return file;
    }

    private Run replay(Path file) {
        return Run.of(console -> new ReplayVerb(console, ModelGraphs::of), "replay", "--trace", file.toString(), "--out", temporary.resolve("out").toString());
    }

    private void assertMistake(Path file, String sentence) throws IOException {
        Snapshot before = Snapshot.of(temporary);
        Run run = replay(file);
        assertThat(run.err().lines()).singleElement().asString().startsWith("lockstep: " + sentence).contains(file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(Snapshot.of(temporary)).as("nothing changed on disk").isEqualTo(before);
        OwnFolders.assertNone();
    }

    @Test
    void aTraceOfTheModelIsPerformed() throws IOException {
        Run run = replay(write(trace));
        assertThat(run).isEqualTo(new Run(ExitCode.AS_EXPECTED,
                "trace " + trace.id() + ": " + trace.steps().size() + " steps, each as the model says\n", ""));
        OwnFolders.assertNone();
    }

    @Test
    void aFileThatIsNotThereOrNoTraceIsAMistake() throws IOException {
        Path file = temporary.resolve("trace.itf.json");
        assertMistake(file, file + ": expected a trace (ITF), but there is no such file");
        assertMistake(temporary, "the trace " + temporary + " cannot be read: ");
        Files.writeString(file, "no JSON");
        assertMistake(file, file + ": expected a trace (ITF), but it is not JSON: ");
        Files.writeString(file, "{}");
        assertMistake(file, file + ": ");
    }

    @Test
    void aTraceThatWasChangedIsAMistake() throws IOException {
        Path file = write(trace);
        Files.writeString(file, Files.readString(file).replaceFirst("\"DIRTY\"", "\"CLEAN\""));
        assertMistake(file, file + ": #meta.id: expected ");
    }

    @Test
    void aTraceOfAnotherSpecIsAMistake() throws IOException {
        assertMistake(write(new Trace("0123456789abcdef", "Original", "1x1x2", trace.start(), trace.steps())),
                temporary.resolve("trace.itf.json") + " is a trace of another model: its spec is 0123456789abcdef, and this one is ");
    }

    @Test
    void aTraceOfAnUnknownPolicyOrSizeIsAMistake() throws IOException {
        Path file = temporary.resolve("trace.itf.json");
        assertMistake(write(new Trace(trace.specHash(), "Mine", "1x1x2", trace.start(), trace.steps())),
                file + ": the trace's policy is Mine; Original, LockBuffers, NeverClean, FlushPeriod, MaybeDirty, BounceCopy, CompareLegs "
                        + "is expected");
        assertMistake(write(new Trace(trace.specHash(), "Original", "9x9x9", trace.start(), trace.steps())),
                file + ": size 9x9x9 cannot be replayed; ");
    }

    @Test
    void aTraceOfAnotherPolicyIsAMistake() throws IOException {
        assertMistake(write(new Trace(trace.specHash(), "NeverClean", "1x1x2", trace.start(), trace.steps())),
                temporary.resolve("trace.itf.json") + " is a trace of another model: its step " + trace.steps().size()
                        + ", Quiesce(0), is not possible in this one");
    }

    @Test
    void aTraceThatBeginsWhereThisModelsFilesCannotBeIsAMistake() throws IOException {
        String sentence = temporary.resolve("trace.itf.json")
                + " is a trace of another model: its first state is none in which this one's files can be";
        Map<String, Value> ofTwoBlocks = new TreeMap<>(trace.start());
        ofTwoBlocks.put("page", Value.function(Map.of(Value.of(0), Value.of(-1), Value.of(1), Value.of(-1))));
        assertMistake(write(new Trace(trace.specHash(), "Original", "1x1x2", ofTwoBlocks, trace.steps())), sentence);
        // It begins with a mirror that is up: there is no way to get there but from files.
        assertMistake(write(new Trace(trace.specHash(), "Original", "1x1x2", trace.steps().get(0).post(),
                trace.steps().subList(1, trace.steps().size()))), sentence);
    }

    @Test
    void aTraceMayBeginWithWhatACrashLeft() throws IOException {
        StateGraph graph = ModelGraphs.twoSteps(Policy.ORIGINAL);
        int crash = 0;
        while (!graph.label(crash).action().equals("Kill") || graph.target(crash) == graph.initialStates()[0]
                || graph.target(crash) == graph.initialStates()[1]) {
            crash++;
        }
        int start = graph.target(crash);
        int restart = graph.firstEdge(start);
        while (!graph.label(restart).action().equals("Restart")) {
            restart++;
        }
        Run run = replay(write(graph.trace(trace.specHash(), "Original", "1x1x2", start, restart)));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains(": 1 steps, each as the model says");
        assertThat(run.exitCode()).isEqualTo(ExitCode.AS_EXPECTED);
    }
}
