package dev.lockstep.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.suite.Walk;
import dev.lockstep.sut.Adapter;
import dev.lockstep.sut.Answer;
import dev.lockstep.sut.DrivenMirror;
import dev.lockstep.sut.DrivenVariables;
import dev.lockstep.sut.Event;
import dev.lockstep.sut.InMemory;
import dev.lockstep.sut.ModelGraphs;
import dev.lockstep.sut.OwnDriver;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Stamps;
import dev.lockstep.sut.Storing;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.sut.Want;
import dev.lockstep.trace.StateGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rig around a driven mirror, with Lockstep's own region machine in the mirror's place: what is right passes, and each mistake is found. */
@LongTest
class DrivenReplayTest {
    @TempDir(factory = InMemory.class)
    private Path temporary;

    private static Surroundings surroundings(Storing storing) {
        return Surroundings.of(storing, storing == Storing.NONE ? List.of("read", "direct") : List.of("read"));
    }

    private Optional<Divergence> replay(StateGraph graph, Policy policy, Storing storing, LogFormat format, Adapter adapter) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("volume"));
        try (DrivenMirror mirror = new DrivenMirror(folder, Size.SMALLEST, policy, surroundings(storing), format, new Stamps(1, 2), adapter)) {
            Replayer replayer = new Replayer(graph, DrivenVariables.of(Size.SMALLEST), mirror);
            for (Walk walk : SuiteGenerator.generate(graph, CodedGraph::isCrash).walks()) {
                Optional<Divergence> divergence = replayer.walk(walk.start(), walk.edges());
                if (divergence.isPresent()) {
                    return divergence;
                }
            }
            assertThat(replayer.stepsPerAction().values()).allMatch(steps -> steps > 0);
            return Optional.empty();
        } finally {
            Files.delete(folder);
        }
    }

    /** Where pages are stored into, of the policies for which the page cache does the most; of the others where writes are direct, as that graph is small. */
    @ParameterizedTest
    @CsvSource({"MaybeDirty, MMAP, HARDENED", "CompareLegs, MMAP, DM", "Original, NONE, DM", "LockBuffers, NONE, HARDENED", "NeverClean, NONE, HARDENED",
        "FlushPeriod, NONE, DM", "BounceCopy, NONE, HARDENED"})
    void everyEdgeOfEachPolicysModelIsAStepOfItsRegionMachineDriven(String name, Storing storing, LogFormat format) throws IOException {
        Policy policy = Policy.named(name).orElseThrow();
        assertThat(replay(graph(policy, storing), policy, storing, format, new OwnDriver(Size.SMALLEST, policy))).isEmpty();
    }

    private static StateGraph graph(Policy policy, Storing storing) {
        return switch (storing) {
            case MMAP -> ModelGraphs.oneStep(policy);
            default -> ModelGraphs.ofDevices(policy, List.of("read", "direct"));
        };
    }

    /** A mirror whose answers are changed on the way. */
    private record Changed(Adapter real, BiFunction<Event, Answer, Answer> change) implements Adapter {
        @Override
        public Answer tell(Event event) {
            return change.apply(event, real.tell(event));
        }

        @Override
        public String end() {
            return real.end();
        }
    }

    private List<String> differs(BiFunction<Event, Answer, Answer> change) throws IOException {
        Policy policy = Policy.BOUNCE_COPY;
        return replay(ModelGraphs.oneStep(policy), policy, Storing.MMAP, LogFormat.DM, new Changed(new OwnDriver(Size.SMALLEST, policy), change))
                .orElseThrow().differences().stream().map(each -> each.variable() + ": " + each.expected() + ", but " + each.observed()).toList();
    }

    private static Answer without(Answer answer, Want.Kind kind) {
        return new Answer(answer.wants().stream().filter(want -> want.kind() != kind).collect(Collectors.toSet()), answer.reads());
    }

    @Test
    void aLegWrittenFromThePageAndNotFromTheCopyIsFoundOnTheLeg() throws IOException {
        assertThat(differs((event, answer) -> new Answer(answer.wants().stream().map(want -> want.kind() == Want.Kind.LEG_WRITE
                ? Want.legWrite(want.write(), want.block(), want.leg(), Want.PAGE) : want).collect(Collectors.toSet()), answer.reads())))
                .singleElement().asString().startsWith("leg: ");
    }

    @Test
    void whatIsNotWantedIsFoundWhereTheModelCanDoIt() throws IOException {
        for (Want.Kind kind : List.of(Want.Kind.QUIESCE, Want.Kind.LOG_FLUSH, Want.Kind.COPY_BLOCK, Want.Kind.CLOSE, Want.Kind.MARK_CLEAN)) {
            assertThat(differs((event, answer) -> without(answer, kind))).first().asString()
                    .startsWith("enabled: " + kind.action()).contains(" is possible, but the mirror would not do it; it offers ");
        }
    }

    @Test
    void aFlushThatAUserAsksForAndTheMirrorDoesNotWantIsFound() throws IOException {
        assertThat(differs((event, answer) -> event.kind() == Event.Kind.FLUSH ? without(answer, Want.Kind.FLUSH_LEGS) : answer))
                .singleElement().asString().startsWith("enabled: FlushBegin can be done, but it is not wanted; the mirror wants [");
    }

    @Test
    void whatIsWantedAndTheModelCannotDoIsFound() throws IOException {
        assertThat(differs((event, answer) -> event.kind() == Event.Kind.WRITE
                ? new Answer(Set.of(Want.legWrite(0, 0, 0, Want.COPY)), answer.reads()) : answer))
                .anyMatch(each -> each.equals("enabled: LegWrite(0, 0, 0) is not possible, but the mirror would do it"));
    }

    @Test
    void aWrongBitInTheLogIsFoundInTheLog() throws IOException {
        assertThat(differs((event, answer) -> new Answer(answer.wants().stream().map(want -> want.kind() == Want.Kind.LOG_WRITE
                ? Want.logWrite(List.of(true)) : want).collect(Collectors.toSet()), answer.reads()))).first().asString().startsWith("log: ");
    }

    @Test
    void aReadFromALegThatMayNotServeItIsFound() throws IOException {
        assertThat(differs((event, answer) -> answer.reads().isEmpty() ? answer : new Answer(answer.wants(), List.of(Set.of(0, 1)))))
                .singleElement().asString().isEqualTo("enabled: Read(0, 1) is not possible, but the mirror would do it");
    }

    @Test
    void whatTheVolumeDoesNotHaveIsNonsense() throws IOException {
        assertNonsense(Want.legWrite(0, 1, 0, Want.COPY), "a block from 0 to 0");
        assertNonsense(Want.legWrite(1, 0, 0, Want.COPY), "a write from 0 to 0");
        assertNonsense(Want.legWrite(0, 0, 2, Want.COPY), "a leg from 0 to 1");
        assertNonsense(Want.legWrite(0, 0, 0, "air"), "from to be page or copy");
        assertNonsense(Want.of(Want.Kind.RESYNC, -1), "a region from 0 to 0");
        assertNonsense(Want.logWrite(List.of()), "1 bits, one a region");
    }

    private void assertNonsense(Want want, String expected) throws IOException {
        assertThat(differs((event, answer) -> new Answer(Set.of(want), answer.reads()))).singleElement().asString()
                .isEqualTo("system under test: " + expected + ", in the answer to {\"event\":\"open\",\"bits\":[true]}, but the system under "
                        + "test said " + want + "; it says nothing");
    }

    @Test
    void aMirrorThatWantsSomethingAfterAKillIsFound() throws IOException {
        assertThat(differs((event, answer) -> event.kind() == Event.Kind.KILL
                ? new Answer(Set.of(Want.of(Want.Kind.LOG_FLUSH)), List.of()) : answer)).singleElement().asString()
                .startsWith("system under test: no want after {\"event\":\"kill\"}, as no volume is open then, but the system under test wants ");
    }

    @Test
    void everyVariableIsComparedOrSaidNotToBe() {
        assertThat(DrivenVariables.unobserved()).doesNotContainKeys("leg", "log", "page", "mode").containsKeys("state", "slot", "chosen");
        assertThat(DrivenVariables.unobserved().values()).noneMatch(String::isBlank);
        assertThat(DrivenVariables.of(Size.SMALLEST)).hasSize(29 - DrivenVariables.unobserved().size());
    }
}
