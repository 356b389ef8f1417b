package dev.lockstep.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LongTest;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.suite.Walk;
import dev.lockstep.sut.InMemory;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.ModelGraphs;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Stamps;
import dev.lockstep.sut.Storing;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.sut.Tampered;
import dev.lockstep.sut.Variable;
import dev.lockstep.sut.Variables;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@LongTest
class ReplayerTest {
    private static final Label RESTART = Label.of("Restart");
    private static final Label KILL = Label.of("Kill");
    private static final Label POWER_CUT = Label.of("PowerCut");
    private static final Label STORE = Label.of("Store", new IntValue(0), new IntValue(1));

    @TempDir(factory = InMemory.class)
    private Path temporary;
    private final StateGraph real = ModelGraphs.oneStep(Policy.ORIGINAL);
    private final List<Variable> variables = Variables.of(Size.SMALLEST);
    /** A new volume, and the same just opened. */
    private final int created = real.initialStates()[0];
    private final int opened = real.target(edge(real, created, RESTART));
    private Mirror mirror;

    @BeforeEach
    void make() throws IOException {
        mirror = new Mirror(temporary, Size.SMALLEST, Policy.ORIGINAL, Surroundings.of(Storing.MMAP), LogFormat.DM, new Stamps(1, 2), 0);
    }

    @AfterEach
    void close() throws IOException {
        assertThat(mirror.isDown()).as("no walk leaves the mirror up").isTrue();
        mirror.close();
    }

    private static int edge(StateGraph graph, int state, Label label) {
        for (int edge = graph.firstEdge(state); edge < graph.firstEdge(state + 1); edge++) {
            if (graph.label(edge).equals(label)) {
                return edge;
            }
        }
        throw new AssertionError("state " + state + " has no edge " + label);
    }

    /** The walk from a new volume along labels. */
    private int[] along(StateGraph graph, Label... labels) {
        int[] edges = new int[labels.length];
        int at = created;
        for (int i = 0; i < edges.length; i++) {
            edges[i] = edge(graph, at, labels[i]);
            at = labels[i].equals(KILL) || labels[i].equals(POWER_CUT) ? at : graph.target(edges[i]);
        }
        return edges;
    }

    private Optional<Divergence> replay(StateGraph graph, Label... labels) throws IOException {
        return new Replayer(graph, variables, mirror).walk(created, along(graph, labels));
    }

    /** Of policies that have steps of their own alone, and on both formats of a log. */
    @ParameterizedTest
    @CsvSource({"LockBuffers, HARDENED", "FlushPeriod, HARDENED", "CompareLegs, DM", "Original, HARDENED", "MaybeDirty, HARDENED"})
    void everyEdgeOfAnotherPolicysModelIsAStepOfItsMirror(String name, LogFormat format) throws IOException {
        Policy policy = Policy.named(name).orElseThrow();
        StateGraph graph = ModelGraphs.oneStep(policy);
        Path folder = Files.createDirectory(temporary.resolve("other"));
        try (Mirror other = new Mirror(folder, Size.SMALLEST, policy, Surroundings.of(Storing.MMAP), format, new Stamps(1, 2), 0)) {
            Replayer replayer = new Replayer(graph, variables, other);
            for (Walk walk : SuiteGenerator.generate(graph, CodedGraph::isCrash).walks()) {
                assertThat(replayer.walk(walk.start(), walk.edges())).isEmpty();
            }
            assertThat(replayer.stepsPerAction().values()).allMatch(steps -> steps > 0);
        }
        Files.delete(folder);
    }

    /** With direct writes a region is suspected; without any, so that the graph is small, a leg is replaced, or added. */
    @ParameterizedTest
    @ValueSource(strings = {"read direct scrub", "read flushFails replace", "read replace absent"})
    void everyEdgeOfAModelWhereMoreHappensIsAStepOfTheMirror(String happening) throws IOException {
        List<String> environment = List.of(happening.split(" "));
        StateGraph graph = ModelGraphs.ofDevices(Policy.BOUNCE_COPY, environment);
        Path folder = Files.createDirectory(temporary.resolve("other"));
        try (Mirror other = new Mirror(folder, Size.SMALLEST, Policy.BOUNCE_COPY, Surroundings.of(Storing.NONE, environment), LogFormat.HARDENED,
                new Stamps(1, 2), 0)) {
            Replayer replayer = new Replayer(graph, variables, other);
            for (Walk walk : SuiteGenerator.generate(graph, CodedGraph::isCrash).walks()) {
                assertThat(replayer.walk(walk.start(), walk.edges())).isEmpty();
            }
            assertThat(replayer.stepsPerAction()).containsKeys(environment.contains("scrub") ? new String[] {"Suspect", "ResyncEnd"}
                    : new String[] {"Replace", "DirtyAll", "Readmit", "RecordFailure"});
            assertThat(replayer.stepsPerAction().values()).allMatch(steps -> steps > 0);
        }
        Files.delete(folder);
    }

    @Test
    void everyEdgeOfTheModelIsAStepOfTheMirror() throws IOException {
        Suite suite = SuiteGenerator.generate(real, CodedGraph::isCrash);
        Replayer replayer = new Replayer(real, variables, mirror);
        for (Walk walk : suite.walks()) {
            assertThat(replayer.walk(walk.start(), walk.edges())).isEmpty();
        }
        assertThat(replayer.steps()).isEqualTo(suite.steps()).isGreaterThanOrEqualTo(real.edgeCount());
        assertThat(replayer.stepsPerAction().values()).allMatch(steps -> steps > 0);
        assertThat(replayer.stepsPerAction().values().stream().mapToLong(steps -> steps).sum()).isEqualTo(suite.steps());
        assertThat(replayer.forks())
                .isEqualTo(replayer.stepsPerAction().get("Kill") + replayer.stepsPerAction().get("PowerCut"));
        long down = IntStream.range(0, real.stateCount())
                .filter(state -> real.value(state, real.variable("mode")).equals(Value.of("down"))).count();
        assertThat(replayer.images()).as("an image for every state in which there are only files").isEqualTo((int) down);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode", "page", "pageDirty", "slot", "state", "bit", "durablyDirty", "logIo", "legFlush", "chosen",
        "copyTodo", "leg", "log", "blank"})
    void aStateThatIsNotTheMirrorsIsFound(String variable) throws IOException {
        StateGraph doctored = variable.equals("blank") ? Doctored.value(real, opened, variable, Value.set(Value.of(1)))
                : Doctored.value(real, opened, variable).orElseThrow();
        Divergence found = replay(doctored, RESTART, STORE).orElseThrow();
        int column = real.variable(variable);
        assertThat(found.differences()).containsExactly(Difference.of(variable, doctored.value(opened, column).toString(),
                real.value(opened, column).toString()));
        assertThat(found.fault()).contains(RESTART);
        assertThat(found.start()).isEqualTo(created);
        assertThat(found.edges()).containsExactly(edge(doctored, created, RESTART));
        assertThat(found.edge()).isEqualTo(edge(doctored, created, RESTART));
    }

    @Test
    void aStartThatIsNotTheFilesIsFound() throws IOException {
        StateGraph doctored = Doctored.value(real, created, "log").orElseThrow();
        Divergence found = new Replayer(doctored, variables, mirror).walk(created, new int[0]).orElseThrow();
        assertThat(found.differences()).extracting(Difference::variable).containsExactly("log");
        assertThat(found.fault()).isEmpty();
        assertThat(found.edge()).isEqualTo(-1);
    }

    @Test
    void whatTheModelDoesNotAllowAndTheMirrorWouldDoIsFound() throws IOException {
        Divergence found = replay(Doctored.without(real, opened, STORE), RESTART).orElseThrow();
        assertThat(found.differences())
                .containsExactly(Difference.enabled(STORE, "Store(0, 1) is not possible", "the mirror would do it"));
        assertThat(found.fault()).contains(STORE);
        assertThat(found.label()).isEqualTo(RESTART);
    }

    @Test
    void whatTheModelAllowsAndTheMirrorWouldNotDoIsFound() throws IOException {
        Label early = Label.of("LogFlushEnd");
        Divergence found = replay(Doctored.with(real, opened, early, opened), RESTART, early).orElseThrow();
        assertThat(found.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.variable()).isEqualTo("enabled");
            assertThat(difference.expected()).isEqualTo("LogFlushEnd is possible");
            assertThat(difference.observed()).startsWith("the mirror would not do it; it offers [").contains("LogWrite");
        });
        assertThat(found.fault()).contains(early);
        assertThat(found.edges()).hasSize(1);
    }

    @Test
    void anEdgeThatLeadsElsewhereIsFound() throws IOException {
        Label other = Label.of("Store", new IntValue(0), new IntValue(0));
        int wrong = real.target(edge(real, opened, other));
        StateGraph doctored = Doctored.with(Doctored.without(real, opened, STORE), opened, STORE, wrong);
        Divergence found = replay(doctored, RESTART, STORE).orElseThrow();
        assertThat(found.differences())
                .containsExactly(Difference.of("page", real.value(wrong, real.variable("page")).toString(), "(0 :> 1)"));
        assertThat(found.fault()).contains(STORE);
        assertThat(found.edges()).hasSize(2);
    }

    @Test
    void aKillThatLeavesOtherFilesThanTheModelSaysIsFound() throws IOException {
        StateGraph doctored = Doctored.with(Doctored.without(real, opened, KILL), opened, KILL, real.initialStates()[1]);
        Divergence found = replay(doctored, RESTART, KILL).orElseThrow();
        assertThat(found.differences()).extracting(Difference::variable).containsExactly("leg");
        assertThat(found.fault()).contains(KILL);
    }

    @Test
    void aPowerCutThatCannotLeaveWhatTheModelSaysIsFound() throws IOException {
        StateGraph doctored = Doctored.with(Doctored.without(real, created, POWER_CUT), created, POWER_CUT, real.initialStates()[1]);
        Divergence found = replay(doctored, POWER_CUT).orElseThrow();
        assertThat(found.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.variable()).isEqualTo("leg, log");
            assertThat(difference.observed()).startsWith("a power cut cannot leave content 1 in unit 0 of device 0");
        });
        assertThat(found.fault()).contains(POWER_CUT);
    }

    @Test
    void filesThatDifferWhereTheModelSeesNothingAreFound() throws IOException {
        AtomicInteger walks = new AtomicInteger();
        Replayer replayer = new Replayer(real, Tampered.observing(mirror),
                Tampered.image(mirror, () -> walks.get() == 1, ReplayerTest::changeLogsLastByte));
        int[] walk = along(real, RESTART, KILL);
        assertThat(replayer.walk(created, walk)).isEmpty();
        walks.set(1);
        Divergence found = replayer.walk(created, walk).orElseThrow();
        assertThat(found.differences()).extracting(Difference::variable).containsExactly("files");
        assertThat(found.fault()).contains(KILL);
    }

    @Test
    void aByteOfTheLogThatIsNotUsedAndIsWrittenIsFound() throws IOException {
        Replayer replayer = new Replayer(real, Tampered.variables(() -> true, ReplayerTest::changeLogsLastByte), mirror);
        Divergence found = replayer.walk(created, along(real, RESTART)).orElseThrow();
        assertThat(found.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.variable()).isEqualTo("log copies");
            assertThat(difference.observed()).isEqualTo("the log has something in the 8 bytes at 1528 that is not used");
        });
    }

    private static void changeLogsLastByte(Mirror mirror) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(mirror.files().get(2).toFile(), "rw")) {
            log.seek(log.length() - 1);
            log.write(1);
        }
    }

    /** A bit is flipped, or a copy is torn, or is another that is whole: the bits that a reader finds are the same, by the other copy. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        12800 | 1 | copy 1 of the bits is not what was written: it is not whole: its checksum does not fit; expected number 1, second, bits 1
        8204 | 1 | copy 0 of the bits is not what was written: it is not whole: its checksum does not fit; expected number 1, first, bits 1
        16383 | 1 | copy 1 of the bits is not what was written: it is not whole: its checksum does not fit; expected number 1, second, bits 1
        8192 | 512 | copy 0 of the bits is not what was written: it is not whole: does not begin with LOCKBITS; expected number 1, first, bits 1
        4096 | 4096 | copy 1 of the superblock is not what was written: it is not whole: does not begin with LOCKSTEP; expected number 1, second""")
    void aCopyOfTheLogThatIsChangedBehindTheMirrorsBackIsFound(long position, int length, String named) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("hardened"));
        try (Mirror hardened = new Mirror(folder, Size.SMALLEST, Policy.ORIGINAL, Surroundings.of(Storing.MMAP), LogFormat.HARDENED,
                new Stamps(1, 2), 0)) {
            Replayer replayer = new Replayer(real, Tampered.variables(() -> true, changed -> {
                try (RandomAccessFile log = new RandomAccessFile(changed.files().get(2).toFile(), "rw")) {
                    log.seek(position);
                    int before = log.read();
                    log.seek(position);
                    log.write(length == 1 ? new byte[] {(byte) (before ^ 1)} : new byte[length]);
                }
            }), hardened);
            Divergence found = replayer.walk(created, along(real, RESTART)).orElseThrow();
            assertThat(found.differences()).containsExactly(Difference.of("log copies", "as the log's format promises", named));
        }
        Files.delete(folder);
    }

    @Test
    void aLegThatIsChangedBehindTheMirrorsBackIsFound() throws IOException {
        Replayer replayer = new Replayer(real, Tampered.variables(() -> true, changed -> {
            try (RandomAccessFile leg = new RandomAccessFile(changed.files().get(1).toFile(), "rw")) {
                leg.seek(512);
                leg.write('x');
            }
        }), mirror);
        Divergence found = replayer.walk(created, along(real, RESTART)).orElseThrow();
        assertThat(found.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.variable()).isEqualTo("leg");
            assertThat(difference.expected()).contains("1 :> [may |-> (0 :> {0}), now |-> (0 :> 0)");
            assertThat(difference.observed()).contains("1 :> [may |-> (0 :> {0}), now |-> (0 :> 2)");
        });
    }

    @Test
    void aWalkStartsWhereAnImageIs() throws IOException {
        Replayer replayer = new Replayer(real, variables, mirror);
        assertThatThrownBy(() -> replayer.walk(opened, new int[0])).isInstanceOf(IllegalStateException.class)
                .hasMessage("state " + opened + " has no image yet");
    }

    @Test
    void aModelOfOtherVariablesIsRefused() {
        assertThatThrownBy(() -> new Replayer(real, variables.subList(0, 3), mirror)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the model's variables are [mode, page");
    }
}
