package dev.lockstep.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LongTest;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What killed processes leave is judged, and next to it what they might have left. */
@LongTest
class KilledRecordingTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final RunSettings SMALLEST = new RunSettings(Policy.ORIGINAL, new Size(1, 1, 2, 4), Storing.MMAP, LogFormat.DM, Seam.POOL, 1, 60);
    private static final int NOT_FOUND = 4;

    @TempDir
    private Path folder;
    private final Validator validator = new Validator(Path.of("../spec"), Duration.ofMinutes(5));
    private int folders;

    @AfterEach
    void letGo() {
        validator.close();
    }

    private Path empty() throws IOException {
        return Files.createDirectory(folder.resolve("folder" + folders++));
    }

    private Optional<String> rejectedAt(Recording recording) throws IOException {
        return validator.judge(List.of(recording), empty()).verdicts().get(0).rejection().map(Rejection::event);
    }

    /** A write is issued, and was under way to both legs when the process was killed; this was found then. */
    private static Recording killedWhileWriting(int leg0, int leg1) {
        List<Event> events = issued();
        long killed = events.get(events.size() - 1).end() + 10;
        for (int leg = 0; leg < 2; leg++) {
            events.add(new Event("LegWriteBegun", List.of(Value.of(1), Value.of(0), Value.of(leg)), false, killed - 5 + leg, killed - 1));
        }
        events.add(new Event("Kill", List.of(), true, killed, killed + 1));
        Value legs = Value.tuple(List.of(Value.tuple(List.of(Value.of(leg0))), Value.tuple(List.of(Value.of(leg1)))));
        events.add(new Event("Found", List.of(legs, Value.tuple(List.of(Value.of(false)))), true, killed + 2, killed + 3));
        return Recording.of(SMALLEST, events);
    }

    /** A mirror is opened, and a write is issued. */
    private static List<Event> issued() {
        List<Event> events = new ArrayList<>();
        add(events, "Restart");
        opened(events);
        add(events, "DirectWrite", Value.of(1), Value.of(0), Value.of(2));
        add(events, "LogWrite", Value.tuple(List.of(Value.of(false))));
        add(events, "LogFlushBegin");
        add(events, "LogFlushEnd");
        add(events, "Issue", Value.of(1));
        return events;
    }

    /** Opening rewrites the log, and flushes it. */
    private static void opened(List<Event> events) {
        add(events, "LogWrite", Value.tuple(List.of(Value.of(true))));
        add(events, "LogFlushBegin");
        add(events, "LogFlushEnd");
    }

    private static void add(List<Event> events, String what, Value... arguments) {
        long begin = events.isEmpty() ? 1 : events.get(events.size() - 1).end() + 1;
        events.add(new Event(what, List.of(arguments), true, begin, begin + 1));
    }

    @Test
    void whatWasUnderWayMayHaveReachedEachLegAndNothingElse() throws IOException {
        assertThat(rejectedAt(killedWhileWriting(0, 0))).isEmpty();
        assertThat(rejectedAt(killedWhileWriting(2, 0))).isEmpty();
        assertThat(rejectedAt(killedWhileWriting(0, 2))).isEmpty();
        assertThat(rejectedAt(killedWhileWriting(2, 2))).isEmpty();
        assertThat(rejectedAt(killedWhileWriting(1, 0)).orElseThrow()).startsWith("Found(");
    }

    @Test
    void everyOutcomeThatIsAllowedIsCountedAndThoseThatWereNeverFoundAreNamed() throws IOException {
        List<CrashOutcome> crashes = validator.crashes(List.of(killedWhileWriting(2, 0), killedWhileWriting(0, 0), killedWhileWriting(2, 0)), empty());
        assertThat(crashes).hasSize(3).allSatisfy(crash -> {
            assertThat(crash.underWay()).isEqualTo("leg 0, leg 1");
            assertThat(crash.contents()).isEqualTo(4);
            assertThat(crash.allowed()).isEqualTo(Set.of(CrashOutcome.NOTHING, "leg 0", "leg 1", "leg 0 and leg 1"));
        });
        assertThat(CrashOutcomes.of(crashes)).isEqualTo(new CrashOutcomes(3, 12, 4, 2, List.of(new CrashOutcomes.Kind("leg 0, leg 1", 3, 4,
                List.of("leg 0", CrashOutcome.NOTHING), List.of("leg 0 and leg 1", "leg 1")))));
    }

    /** A write has reached both legs, a flush has ended on leg 0, and the power is cut; this was found then. */
    private static Recording cutAfterFlushOfOneLeg(int leg0, int leg1) {
        List<Event> events = issued();
        for (int leg = 0; leg < 2; leg++) {
            add(events, "LegWrite", Value.of(1), Value.of(0), Value.of(leg), Value.of(2));
        }
        add(events, "EndWrite", Value.of(1));
        add(events, "FlushAsked", Value.of(2));
        add(events, "FlushBegin");
        add(events, "LegFlushEnd", Value.of(0));
        add(events, "Kill");
        Value legs = Value.tuple(List.of(Value.tuple(List.of(Value.of(leg0))), Value.tuple(List.of(Value.of(leg1)))));
        add(events, "PowerCut", legs, Value.tuple(List.of(Value.of(false))));
        add(events, "Found", legs, Value.tuple(List.of(Value.of(false))));
        return Recording.of(SMALLEST, events);
    }

    @Test
    void aPowerCutMayLoseWhatWasNotFlushedAndNothingElse() throws IOException {
        assertThat(rejectedAt(cutAfterFlushOfOneLeg(2, 2))).isEmpty();
        assertThat(rejectedAt(cutAfterFlushOfOneLeg(2, 0))).isEmpty();
        Rejection rejection = validator.judge(List.of(cutAfterFlushOfOneLeg(0, 2)), empty()).verdicts().get(0).rejection().orElseThrow();
        assertThat(rejection.event()).startsWith("PowerCut(");
        assertThat(rejection.differs()).containsExactly("block 0 on leg 0: a power cut may leave {2} in the specification, found was {0}");
    }

    @Test
    void whatAPowerCutMayLeaveIsCountedWithWhatItMayLose() throws IOException {
        assertThat(validator.crashes(List.of(cutAfterFlushOfOneLeg(2, 0)), empty()))
                .containsExactly(new CrashOutcome("leg 1", 2, Set.of(CrashOutcome.NOTHING, "leg 1"), "leg 1"));
        assertThatThrownBy(() -> validator.crashes(List.of(cutAfterFlushOfOneLeg(0, 2)), empty())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsNotAllowedIsNoOutcomeThatCanHaveBeenFound() {
        assertThatThrownBy(() -> new CrashOutcome("log", 2, Set.of("log", CrashOutcome.NOTHING), "leg 0")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is said to have left leg 0, of [");
        assertThatThrownBy(() -> validator.crashes(List.of(killedWhileWriting(1, 0)), empty())).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not among all that may be");
    }

    @Test
    void aProcessThatIsKilledLeavesWhatTheSpecificationAllows() throws IOException {
        RunSettings settings = new RunSettings(Policy.MAYBE_DIRTY, new Size(2, 1, 2, 4), Storing.MMAP, LogFormat.HARDENED, Seam.CALLERS, 7, 160);
        Recording recording = new KilledRecording(CLASS_PATH).of(settings, empty());
        assertThat(recording.cutShort()).isEmpty();
        assertThat(recording.all().stream().filter(event -> event.what().equals("Kill"))).hasSize(3);
        assertThat(recording.all().stream().filter(event -> event.what().equals("Found"))).hasSize(4);
        assertThat(validator.judge(List.of(recording), empty()).verdicts().get(0).faults()).isEmpty();
        List<CrashOutcome> crashes = validator.crashes(List.of(recording), empty());
        assertThat(crashes).hasSize(3).allSatisfy(crash -> assertThat(crash.allowed()).contains(crash.found()));
        List<Event> doctored = new ArrayList<>(recording.all());
        doctored.replaceAll(event -> event.what().equals("Found") ? withOtherContent(event) : event);
        assertThat(rejectedAt(Recording.of(settings, doctored)).orElseThrow()).startsWith("Found(");
    }

    /** A content that no block ever has. */
    private static Event withOtherContent(Event found) {
        List<Value> legs = new ArrayList<>(((TupleValue) found.arguments().get(0)).elements());
        List<Value> blocks = new ArrayList<>(((TupleValue) legs.get(0)).elements());
        blocks.set(0, Value.of(NOT_FOUND));
        legs.set(0, Value.tuple(blocks));
        return new Event("Found", List.of(Value.tuple(legs), found.arguments().get(1)), true, found.begin(), found.end());
    }

    @Test
    void aProcessThatEndsByItselfIsCutShortAndSaysWhy() throws IOException {
        Ground.Over over = new KilledLives(CLASS_PATH, empty(), empty()).live(SMALLEST, 0, 50);
        assertThat(over.cutShort().orElseThrow()).startsWith("it fails: its process ended with exit code 1, and said: ")
                .contains("leg0: cannot be opened");
        assertThat(Tape.left(over.tape()).done()).isEmpty();
    }
}
