package dev.lockstep.validate;

import static dev.lockstep.validate.DoctoredRecordingTest.first;
import static dev.lockstep.validate.DoctoredRecordingTest.is;
import static dev.lockstep.validate.DoctoredRecordingTest.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Storing;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror whose legs fail, and come back: what it does then is a behaviour of the specification, and the same with one thing in it that is not so is none. */
@LongTest
class FailingRecordingTest {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int NO_CONTENT = 4;

    @TempDir
    private Path folder;
    private final Recording accepted = DoctoredRecordingTest.read("leg-fails.json");

    private Recording doctored(Consumer<List<Event>> change) {
        List<Event> events = new ArrayList<>(accepted.all());
        change.accept(events);
        return Recording.of(accepted.settings(), events);
    }

    private static Value flags(boolean... each) {
        List<Value> flags = new ArrayList<>();
        for (boolean flag : each) {
            flags.add(Value.of(flag));
        }
        return Value.tuple(flags);
    }

    /** Where it is recorded that the source is out of use. */
    private static int recorded(List<Event> events) {
        return first(events, each -> is(each, "RecordFailure") && each.arguments().get(0).equals(flags(true, false)));
    }

    private static void dropPutOut(List<Event> events) {
        events.remove(first(events, each -> is(each, "PutOut")));
    }

    /** A write that the leg has missed is acknowledged, and after that it is recorded that the leg is out. */
    private static void recordTooLate(List<Event> events) {
        int at = recorded(events);
        Event record = events.get(at);
        int ended = first(events, each -> is(each, "EndWrite") && each.begin() > record.begin());
        Event end = events.get(ended);
        events.set(ended, new Event(end.what(), end.arguments(), true, end.begin(), end.end()));
        events.set(at, new Event(record.what(), record.arguments(), true, end.end() + 1, end.end() + 2));
    }

    private static void recordAnotherLeg(List<Event> events) {
        int at = recorded(events);
        events.set(at, with(with(events.get(at), 0, flags(false, true)), 1, Value.of(0)));
    }

    private static void writeTheLegThatIsOut(List<Event> events) {
        Event record = events.get(recorded(events));
        Event write = events.get(first(events, each -> is(each, "LegWrite") && each.begin() > record.end()));
        events.add(with(write, 2, Value.of(0)));
    }

    private static void returnWithAnotherContent(List<Event> events) {
        int at = first(events, each -> is(each, "LegReturns"));
        events.set(at, with(events.get(at), 1, Value.tuple(List.of(Value.of(NO_CONTENT), Value.of(NO_CONTENT)))));
    }

    private static void dropReturn(List<Event> events) {
        events.remove(first(events, each -> is(each, "LegReturns")));
    }

    private static void findTheLegInUse(List<Event> events) {
        int at = first(events, each -> is(each, "Found") && !each.arguments().get(2).equals(flags(false, false)));
        events.set(at, with(events.get(at), 2, flags(false, false)));
    }

    private static void seeTheLegInUse(List<Event> events) {
        int at = first(events, each -> is(each, "Look") && !each.arguments().get(8).equals(flags(false, false)));
        events.set(at, with(events.get(at), 8, flags(false, false)));
    }

    /** A sync() that has failed is taken for one that has ended. */
    private static void endTheSync(List<Event> events) {
        events.replaceAll(each -> is(each, "SyncFails") ? new Event("SyncEnd", List.of(), true, each.begin(), each.end()) : each);
    }

    @Test
    void eachIsRejectedAtTheEventThatIsWrong() throws IOException {
        List<Recording> recordings = List.of(accepted, doctored(FailingRecordingTest::dropPutOut), doctored(FailingRecordingTest::recordTooLate),
                doctored(FailingRecordingTest::recordAnotherLeg), doctored(FailingRecordingTest::writeTheLegThatIsOut),
                doctored(FailingRecordingTest::returnWithAnotherContent), doctored(FailingRecordingTest::dropReturn),
                doctored(FailingRecordingTest::findTheLegInUse), doctored(FailingRecordingTest::seeTheLegInUse));
        List<Optional<Rejection>> rejections;
        try (Validator validator = new Validator(Path.of("../spec"), LONGEST)) {
            rejections = validator.judge(recordings, folder).verdicts().stream().map(Validator.Verdict::rejection).toList();
        }
        assertThat(rejections.get(0)).isEmpty();
        assertThat(rejections.stream().skip(1).map(each -> each.map(FailingRecordingTest::why).orElse("accepted"))).containsExactly(
                "RecordBegin: RecordBegin does not hold: ~FailureRecorded",
                "EndWrite: EndWrite does not hold: FailureDurable => FailureRecorded",
                "RecordFailure: RecordFailure: its guards hold, and what it leaves is something else",
                "LegWrite: LegWrite does not hold: b \\in slot[i].todo[l]",
                "LegReturns: LegReturns: its guards hold, and what it leaves is something else",
                // A leg that does not answer is not written late.
                "LegWrite: write 7 is not in flight", "Found: ", "Look: ");
        assertThat(rejections.get(7).orElseThrow().differs()).singleElement().asString().startsWith("out: the specification has {1}, observed was {}");
        // Nor has it taken the step that nobody sees, where it can take none more.
        assertThat(rejections.get(8).orElseThrow().differs()).anyMatch(each -> each.startsWith("out: the specification has {1}, observed was {}"))
                .allMatch(each -> each.startsWith("out: ") || each.startsWith("state: "));
    }

    /** A write that is under way when its leg is put out of use may reach the leg that answers again, but not one that is taken in. */
    @Test
    void aLateWriteReachesALegThatIsOut() throws IOException {
        Recording late = DoctoredRecordingTest.read("late-write.json");
        List<Event> events = new ArrayList<>(late.all());
        Event putOut = events.get(first(events, each -> is(each, "PutOut")));
        Event returns = events.get(first(events, each -> is(each, "LegReturns")));
        Event readmit = events.get(first(events, each -> is(each, "Readmit")));
        int at = first(events, each -> is(each, "LegWrite") && each.arguments().get(2).equals(putOut.arguments().get(0)) && each.begin() < putOut.end()
                && each.end() > returns.begin());
        Event write = events.get(at);
        assertThat(write.end()).as("the write comes before the leg is taken in").isLessThan(readmit.begin());
        events.set(at, new Event(write.what(), write.arguments(), true, readmit.end() + 1, readmit.end() + 2));
        try (Validator validator = new Validator(Path.of("../spec"), LONGEST)) {
            List<Validator.Verdict> verdicts = validator.judge(List.of(late, Recording.of(late.settings(), events)), folder).verdicts();
            assertThat(verdicts.get(0).rejection()).isEmpty();
            assertThat(verdicts.get(1).rejection().orElseThrow().event()).isEqualTo("LegWrite" + Value.tuple(write.arguments()).toString().replace("<<", "(")
                    .replace(">>", ")"));
        }
    }

    /** A copy that comes late has what the source had at some time, and nothing else; a discard that has ended leaves what it would have left. */
    @Test
    void aLateCopyHasWhatTheSourceHad() throws IOException {
        Recording late = DoctoredRecordingTest.read("late-copy.json");
        List<Event> events = new ArrayList<>(late.all());
        Event putOut = events.stream().filter(each -> is(each, "PutOut")).reduce((one, later) -> later).orElseThrow();
        int at = first(events, each -> is(each, "ResyncCopy") && each.begin() > putOut.end());
        Event copy = events.get(at);
        assertThat(copy.arguments()).as("the block, the leg, and what is left").containsExactly(Value.of(1), Value.of(1), Value.of(1));
        // Moved to before the source had that.
        Event source = events.stream().filter(each -> is(each, "LegWrite") && each.begin() > putOut.end() && each.end() < copy.begin()
                && each.arguments().subList(1, 4).equals(List.of(Value.of(1), Value.of(0), Value.of(1)))).findFirst().orElseThrow();
        events.set(at, new Event(copy.what(), copy.arguments(), true, source.begin() - 3, source.begin() - 1));
        Recording discarded = DoctoredRecordingTest.read("late-discard.json");
        try (Validator validator = new Validator(Path.of("../spec"), LONGEST)) {
            List<Validator.Verdict> verdicts = validator.judge(List.of(late, Recording.of(late.settings(), events), discarded), folder).verdicts();
            assertThat(verdicts.get(0).rejection()).isEmpty();
            assertThat(verdicts.get(1).rejection().orElseThrow().event()).isEqualTo("ResyncCopy(1, 1, 1)");
            assertThat(verdicts.get(2).rejection()).isEmpty();
        }
    }

    private static String why(Rejection rejection) {
        return rejection.event().replaceAll("\\(.*", "") + ": " + rejection.guards().stream().map(each -> each.replaceAll("^(\\w+)\\([^:]*\\)", "$1"))
                .collect(Collectors.joining("; "));
    }

    /** When the log has failed nothing is written any more that waits for it, and the driver does not count it as written. */
    @Test
    void aLogThatHasFailedIsWaitedForForEver() throws IOException {
        Recording failed = DoctoredRecordingTest.read("log-fails.json");
        Event fails = failed.all().get(first(failed.all(), each -> is(each, "LogFlushFails")));
        // The driver is looked at after the second time.
        List<Event> believed = new ArrayList<>(failed.all());
        int at = believed.lastIndexOf(believed.stream().filter(each -> is(each, "LogFlushFails")).reduce((one, later) -> later).orElseThrow());
        believed.set(at, new Event("LogFlushEnd", List.of(), true, believed.get(at).begin(), believed.get(at).end()));
        // Its page is in a region of which the log was to say that it is dirty.
        Event waits = failed.all().stream().filter(each -> is(each, "Submit") && each.end() < fails.begin()).reduce((one, later) -> later).orElseThrow();
        List<Event> issued = new ArrayList<>(failed.all());
        Event died = issued.stream().filter(each -> is(each, "Kill")).findFirst().orElseThrow();
        assertThat(issued).as("what is doctored").noneMatch(each -> is(each, "Issue") && each.arguments().equals(waits.arguments()) && each.end() < died.begin());
        issued.add(new Event("Issue", waits.arguments(), true, fails.end(), fails.end() + 1));
        try (Validator validator = new Validator(Path.of("../spec"), LONGEST)) {
            List<Validator.Verdict> verdicts = validator.judge(List.of(failed, Recording.of(failed.settings(), believed), Recording.of(failed.settings(), issued)),
                    folder).verdicts();
            assertThat(verdicts.get(0).rejection()).isEmpty();
            assertThat(verdicts.get(1).rejection().orElseThrow().differs()).contains("logIo: the specification has \"idle\", observed was \"failed\"");
            assertThat(verdicts.get(2).rejection().orElseThrow().event()).isEqualTo("Issue(" + waits.arguments().get(0) + ")");
        }
    }

    /** A sweep whose sync() has failed is over: the next one may begin, and nothing was certified. */
    @Test
    void aSyncThatHasFailedIsNoneThatHasEnded() throws IOException {
        Recording failed = DoctoredRecordingTest.read("sync-fails.json");
        List<Event> ended = new ArrayList<>(failed.all());
        endTheSync(ended);
        try (Validator validator = new Validator(Path.of("../spec"), LONGEST)) {
            List<Validator.Verdict> verdicts = validator.judge(List.of(failed, Recording.of(failed.settings(), ended)), folder).verdicts();
            assertThat(verdicts.get(0).rejection()).isEmpty();
            assertThat(verdicts.get(1).rejection().orElseThrow().event()).startsWith("Look(");
            assertThat(verdicts.get(1).rejection().orElseThrow().differs()).contains("sweep: the specification has \"synced\", observed was \"idle\"");
        }
    }

    /** Legs fail in lives of both kinds of steps, one at a time, and by all that is asked of them as well as by a flush alone. */
    @Test
    void whatAMirrorDoesWhoseLegsFailIsABehaviourOfTheSpecification() throws IOException {
        List<Recording> recordings = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (Seam seam : Seam.values()) {
            RunSettings settings = new RunSettings(Policy.MAYBE_DIRTY, new Size(2, 1, 3, 4), Storing.STORE_MARK, LogFormat.HARDENED, seam, true, 1, 400);
            Recording recording = Recording.of(settings, Files.createDirectory(folder.resolve(seam.name())));
            recordings.add(recording);
            recording.all().forEach(event -> seen.add(event.what()));
        }
        try (Validator validator = new Validator(Path.of("../spec"), LONGEST)) {
            assertThat(validator.judge(recordings, Files.createDirectory(folder.resolve("spec"))).verdicts())
                    .allSatisfy(verdict -> assertThat(verdict.faults()).isEmpty());
        }
        assertThat(seen).contains("LegFails", "PutOut", "RecordFailure", "LegReturns");
    }
}
