package dev.lockstep.tlc;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Policy;
import dev.lockstep.sut.MirrorConstants;
import dev.lockstep.sut.ModelGraphs;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.trace.GraphFile;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TlcGraphTest {
    private static final Label IDLE = Label.of("Idle");

    @Test
    void everyStepIsAnEdge() {
        StateGraph graph = explore(Specs.small(""));

        // What TLC says in a JVM of its own: 605 states generated, one of them the initial one, and 60 distinct ones.
        assertThat(graph.stateCount()).isEqualTo(60);
        assertThat(graph.edgeCount()).isEqualTo(604);
        assertThat(graph.initialStates()).containsExactly(0);
        assertThat(edges(graph, IDLE)).hasSize(48).allMatch(edge -> graph.source(edge) == graph.target(edge));
        for (int leg = 0; leg <= 1; leg++) {
            for (int value = 0; value <= 1; value++) {
                assertThat(steps(graph, Label.of("Touch", Value.of(leg), Value.of(value))))
                        .isNotEmpty().isEqualTo(steps(graph, Label.of("Write", Value.of(leg), Value.of(value))));
            }
        }
        assertThat(graph.labels()).doesNotContain(Label.of("Never")).contains(Label.of("Push", Value.of(1)));
    }

    @Test
    void aChoiceInsideAnActionShowsInTheTargets() {
        StateGraph graph = explore(Specs.small(""));
        Value eitherOnBoth = Value.function(Map.of(Value.of(0), bits(0, 1), Value.of(1), bits(0, 1)));
        int both = state(graph, Map.of("data", values(1, 1), "may", eitherOnBoth));

        Set<Value> survivors = edges(graph, Label.of("PowerCut")).stream().filter(edge -> graph.source(edge) == both)
                .map(edge -> graph.state(graph.target(edge)).get("data")).collect(toSet());

        assertThat(survivors).containsExactlyInAnyOrder(values(0, 0), values(0, 1), values(1, 0), values(1, 1));
    }

    @Test
    void valuesOfEveryKindArrive() {
        StateGraph graph = explore(Specs.small(""));

        assertThat(graph.variables()).containsExactly("mode", "data", "may", "queue", "header");
        assertThat(graph.state(0)).isEqualTo(Map.of("mode", Value.of("up"), "data", values(0, 0),
                "may", Value.function(Map.of(Value.of(0), bits(0), Value.of(1), bits(0))), "queue", Value.tuple(),
                "header", Value.record(Map.of("owner", Value.model("Nobody"), "ok", Value.of(true)))));
        assertThat(graph.values(graph.variable("queue")))
                .containsExactlyInAnyOrder(Value.tuple(), Value.tuple(Value.of(1)),
                Value.tuple(Value.of(1), Value.of(1)));
    }

    @Test
    void explorationsSideBySideAndOneAfterAnotherAreTheSame() throws Exception {
        StateGraph first = explore(Specs.small(""));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<StateGraph>> both = Stream.of(Specs.small(""), Specs.small(""))
                    .map(model -> threads.submit(() -> explore(model))).toList();
            for (Future<StateGraph> future : both) {
                assertSame(future.get(), first);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void severalWorkersFindTheSameGraphNumbersIncluded() throws IOException {
        assertSame(TlcGraph.explore(Specs.small(""), Specs.PATIENCE, 3), explore(Specs.small("")));
        // Large enough for the workers to get into each other's way.
        StateGraph alone = ModelGraphs.oneStep(Policy.LOCK_BUFFERS);
        Model model = new Model("Several", ModelGraphs.SPEC, "MCMirror",
                MirrorConstants.of(Policy.LOCK_BUFFERS, Size.SMALLEST, Storing.MMAP));
        assertThat(written(TlcGraph.explore(model, Specs.PATIENCE, 2))).isEqualTo(written(alone));
    }

    @Test
    void nothingOfOneSpecIsLeftInTheNext() {
        explore(Specs.small(""));
        StateGraph graph = explore(Specs.model("Renamed", "SPECIFICATION Spec"));

        assertThat(graph.variables()).containsExactly("header");
        assertThat(graph.values(0)).containsExactlyInAnyOrder(Value.of(0), Value.of(1), Value.of(2), Value.of(3));
        assertThat(graph.labels())
                .containsExactlyInAnyOrder(Label.of("Step", Value.of(0)), Label.of("Step", Value.of(1)));
    }

    @Test
    void nothingIsJudged() {
        assertThat(explore(Specs.small("INVARIANT NotUp PROPERTY Fills")).stateCount()).isEqualTo(60);
    }

    @Test
    void nothingIsPrintedAndNothingIsLeftBehind() throws IOException {
        Set<Path> before = temporaryFolders();
        Set<Thread> threadsBefore = lastingThreads();
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            System.setErr(capture);
            explore(Specs.small(""));
            assertThatThrownBy(() -> explore(Specs.model("Unparsable", "INIT Init NEXT Next")))
                    .isInstanceOf(SpecException.class);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(temporaryFolders()).isEqualTo(before);
        assertThat(threadsBefore).containsAll(lastingThreads());
    }

    @Test
    void aSpecThatDoesNotParseIsOneSentence() {
        assertRefused(Specs.model("Unparsable", "INIT Init NEXT Next"),
                "model TheUnparsable: Unparsable.tla, line 8: Encountered");
        assertRefused(Specs.model("Undefined", "SPECIFICATION Spec"),
                "model TheUndefined: Undefined.tla, line 7: Unknown operator: `y'");
    }

    @Test
    void aSpecThatFailsIsOneSentence() {
        assertRefused(Specs.model("Failing", "SPECIFICATION Spec CONSTANT Limit = 1"),
                "Failing.tla, line 5: an assumption is false");
        assertRefused(Specs.model("Failing", "SPECIFICATION Spec CONSTANT Limit = 2"), "Failing.tla, line 12: ");
        assertRefused(Specs.model("Failing", "SPECIFICATION Spec"),
                "TheFailing.cfg: The constant parameter Limit is not assigned");
        assertRefused(Specs.model("Failing", "SPECIFICATION Spec\nCONSTANT Limit == 2"),
                "TheFailing.cfg, line 2: It was expecting = or <-");
    }

    @Test
    void aSpecThatMakesNoGraphIsOneSentence() {
        assertRefused(Specs.model("Unfit", "SPECIFICATION Spec"),
                "TLC does not tell the argument n of the action Take");
        assertRefused(Specs.model("Endless", "SPECIFICATION Spec VIEW Init"),
                "TheEndless.cfg has a SYMMETRY or a VIEW");
    }

    @Test
    void theWatchdogEndsIt() throws IOException {
        Set<Path> before = temporaryFolders();

        assertThatThrownBy(() -> TlcGraph.explore(Specs.model("Endless", "SPECIFICATION Spec"), Duration.ofSeconds(2)))
                .isInstanceOf(TlcException.class).isNotInstanceOf(SpecException.class)
                .hasMessage("model TheEndless: TLC did not end within 2.0 seconds and was given up");

        assertThat(temporaryFolders()).isEqualTo(before);
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName()
                .equals("lockstep-tlc-TheEndless"));
    }

    private static void assertRefused(Model model, String sentence) {
        assertThatThrownBy(() -> explore(model)).isInstanceOf(SpecException.class).hasMessageContaining(sentence)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n")
                .startsWith("model " + model.name() + ": "));
    }

    private static void assertSame(StateGraph actual, StateGraph expected) {
        assertThat(actual.labels()).isEqualTo(expected.labels());
        assertThat(IntStream.range(0, actual.edgeCount()).mapToObj(edge -> edge(actual, edge)))
                .containsExactlyElementsOf(IntStream.range(0, expected.edgeCount())
                .mapToObj(edge -> edge(expected, edge)).toList());
        assertThat(IntStream.range(0, actual.stateCount()).mapToObj(actual::state))
                .containsExactlyElementsOf(IntStream.range(0, expected.stateCount()).mapToObj(expected::state)
                .toList());
    }

    private static String edge(StateGraph graph, int edge) {
        return graph.source(edge) + " " + graph.label(edge) + " " + graph.target(edge);
    }

    private static byte[] written(StateGraph graph) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GraphFile.write(graph, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static StateGraph explore(Model model) {
        return TlcGraph.explore(model, Specs.PATIENCE);
    }

    private static List<Integer> edges(StateGraph graph, Label label) {
        return IntStream.range(0, graph.edgeCount()).filter(edge -> graph.label(edge).equals(label)).boxed().toList();
    }

    private static Set<List<Integer>> steps(StateGraph graph, Label label) {
        return edges(graph, label).stream().map(edge -> List.of(graph.source(edge), graph.target(edge)))
                .collect(toSet());
    }

    private static int state(StateGraph graph, Map<String, Value> part) {
        return IntStream.range(0, graph.stateCount()).filter(state -> graph.state(state).entrySet()
                .containsAll(part.entrySet()))
                .findFirst().orElseThrow();
    }

    private static Value values(long first, long second) {
        return Value.function(Map.of(Value.of(0), Value.of(first), Value.of(1), Value.of(second)));
    }

    private static Value bits(long... elements) {
        return Value.set(Arrays.stream(elements).mapToObj(Value::of).toList());
    }

    private static Set<Path> temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(path -> path.getFileName().toString().startsWith(WorkFolder.prefix())).collect(toSet());
        }
    }

    private static Set<Thread> lastingThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> !thread.isDaemon()).collect(toSet());
    }
}
