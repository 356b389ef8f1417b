package dev.lockstep.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LongTest;
import dev.lockstep.trace.IntValue;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording that was accepted, and the same with one thing in it that is not so: TLC rejects each, and at the right event. */
@LongTest
class DoctoredRecordingTest {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @TempDir
    private Path folder;
    private final Recording accepted = read("accepted.json");

    static Recording read(String name) {
        try {
            return RecordingJson.read(Path.of(DoctoredRecordingTest.class.getResource(name).toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Recording doctored(Consumer<List<Event>> change) {
        List<Event> events = new ArrayList<>(accepted.all());
        change.accept(events);
        return Recording.of(accepted.settings(), events);
    }

    static int first(List<Event> events, Predicate<Event> wanted) {
        return (int) events.stream().takeWhile(wanted.negate()).count();
    }

    static boolean is(Event event, String what) {
        return event.what().equals(what);
    }

    private static int last(List<Event> events, String what) {
        int last = -1;
        for (int i = 0; i < events.size(); i++) {
            last = is(events.get(i), what) ? i : last;
        }
        return last;
    }

    static Event with(Event event, int argument, Value value) {
        List<Value> arguments = new ArrayList<>(event.arguments());
        arguments.set(argument, value);
        return new Event(event.what(), arguments, event.certain(), event.begin(), event.end());
    }

    private static Value with(Value tuple, int index, Value value) {
        List<Value> elements = new ArrayList<>(((TupleValue) tuple).elements());
        elements.set(index, value);
        return Value.tuple(elements);
    }

    private static Value other(Value content) {
        return Value.of((((IntValue) content).value() + 1) % Contents.VALUES);
    }

    /** A leg is not written, and its write ends all the same. */
    private static void dropLegWrite(List<Event> events) {
        events.remove(first(events, each -> is(each, "LegWrite")));
    }

    /** The write's end comes before its last leg has it. */
    private static void endTooSoon(List<Event> events) {
        int end = first(events, each -> is(each, "EndWrite"));
        Value write = events.get(end).arguments().get(0);
        int leg = -1;
        for (int i = 0; i < end; i++) {
            leg = is(events.get(i), "LegWrite") && events.get(i).arguments().get(0).equals(write) ? i : leg;
        }
        Event first = events.get(leg);
        Event second = events.get(end);
        events.set(leg, new Event(second.what(), second.arguments(), true, first.begin(), first.end()));
        events.set(end, new Event(first.what(), first.arguments(), true, second.begin(), second.end()));
    }

    private static void changeContentWritten(List<Event> events) {
        int write = first(events, each -> is(each, "LegWrite"));
        events.set(write, with(events.get(write), 3, other(events.get(write).arguments().get(3))));
    }

    private static void changeBitFound(List<Event> events) {
        int found = last(events, "Found");
        Value bits = events.get(found).arguments().get(1);
        boolean clean = ((TupleValue) bits).elements().get(0).equals(Value.of(true));
        events.set(found, with(events.get(found), 1, with(bits, 0, Value.of(!clean))));
    }

    private static void changeContentFound(List<Event> events) {
        int found = last(events, "Found");
        Value legs = events.get(found).arguments().get(0);
        Value leg = ((TupleValue) legs).elements().get(1);
        events.set(found, with(events.get(found), 0, with(legs, 1, with(leg, 0, other(((TupleValue) leg).elements().get(0))))));
    }

    /** A user is told of a flush when it is asked for. */
    private static void tellFlushTooSoon(List<Event> events) {
        int told = first(events, each -> is(each, "FlushTold"));
        Value flush = events.get(told).arguments().get(0);
        int begun = told;
        while (!is(events.get(begun), "FlushBegin") && !is(events.get(begun), "CertifyBegin")) {
            begun--;
        }
        Event instead = events.get(begun);
        events.remove(told);
        events.set(begun, new Event("FlushTold", List.of(flush), true, instead.begin(), instead.end()));
    }

    private static void changeLook(List<Event> events) {
        int look = last(events, "Look");
        Value bits = events.get(look).arguments().get(2);
        boolean clean = ((TupleValue) bits).elements().get(0).equals(Value.of(true));
        events.set(look, with(events.get(look), 2, with(bits, 0, Value.of(!clean))));
    }

    /** A process was killed in the middle of it: what it left on a device was not noted. */
    private static Event unended(Event event) {
        List<Value> arguments = event.arguments();
        return switch (event.what()) {
            case "LegWrite" -> new Event("LegWriteBegun", arguments.subList(0, 3), false, event.begin(), event.end());
            case "LogWrite" -> new Event("LogWriteBegun", List.of(), false, event.begin(), event.end());
            case "ResyncCopy" -> new Event("ResyncCopyBegun", List.of(Value.of(0), arguments.get(1)), false, event.begin(), event.end());
            default -> event;
        };
    }

    private static void leaveDevicesUnended(List<Event> events) {
        events.replaceAll(DoctoredRecordingTest::unended);
    }

    /** One leg is written twice, and the other never. */
    private static void beginOnAnotherLeg(List<Event> events) {
        int write = first(events, each -> is(each, "LegWrite"));
        events.set(write, unended(with(events.get(write), 2, other(events.get(write).arguments().get(2)))));
    }

    /** A write does not wait for the log's flush. */
    private static void dropLogFlushEnd(List<Event> events) {
        int flushed = first(events, each -> is(each, "Issue"));
        while (!is(events.get(flushed), "LogFlushEnd")) {
            flushed--;
        }
        events.remove(flushed);
    }

    @Test
    void eachIsRejectedAtTheEventThatIsWrong() throws IOException {
        List<Recording> recordings = List.of(accepted, doctored(DoctoredRecordingTest::dropLegWrite),
                doctored(DoctoredRecordingTest::endTooSoon), doctored(DoctoredRecordingTest::changeContentWritten),
                doctored(DoctoredRecordingTest::changeBitFound), doctored(DoctoredRecordingTest::changeContentFound),
                doctored(DoctoredRecordingTest::tellFlushTooSoon), doctored(DoctoredRecordingTest::changeLook),
                doctored(DoctoredRecordingTest::dropLogFlushEnd));
        List<Optional<Rejection>> rejections;
        try (Validator validator = new Validator(Path.of("../spec"), LONGEST)) {
            rejections = validator.judge(recordings, folder).verdicts().stream().map(Validator.Verdict::rejection).toList();
        }
        assertThat(rejections.get(0)).isEmpty();
        assertThat(rejections.stream().skip(1).map(each -> each.map(Rejection::event).orElse("none").replaceAll("\\(.*", "")))
                .containsExactly("EndWrite", "EndWrite", "LegWrite", "Found", "Found", "FlushTold", "Look", "Issue");
        assertThat(rejections.stream().skip(1).map(each -> String.join("; ", each.orElseThrow().guards()).replaceAll("^(\\w+)\\([^:]*\\)", "$1")))
                .containsExactly("EndWrite does not hold: slot[i].todo = NoBlocks", "EndWrite does not hold: slot[i].todo = NoBlocks",
                        "LegWrite: its guards hold, and what it leaves is something else", "", "", "", "", "Issue does not hold: LogAllows(i, r)");
        assertThat(rejections.get(4).orElseThrow().differs()).singleElement().asString().startsWith("log.now: the specification has ");
        assertThat(rejections.get(5).orElseThrow().differs()).singleElement().asString().startsWith("leg.now: the specification has ");
        assertThat(rejections.get(3).orElseThrow().candidates()).first().asString().startsWith("LegWrite(");
    }

    /**
     * A page was copied, stored into, its region suspected, and only then its write counted in. While copying was a part of {@code Submit} that was no
     * behaviour of the specification. The copies have the intervals of the submits here, as they were recorded together.
     */
    @Test
    void aStoreMayComeBetweenACopyAndItsCountingIn() throws IOException {
        Recording kept = read("copied-then-counted-in.json");
        List<Event> copiedLater = new ArrayList<>(kept.all());
        int copy = first(copiedLater, each -> is(each, "CopyPage") && each.arguments().get(0).equals(Value.of(11)));
        Event copied = copiedLater.get(copy);
        Event store = copiedLater.get(first(copiedLater, each -> is(each, "Store") && each.begin() > copied.begin()));
        copiedLater.set(copy, new Event("CopyPage", copied.arguments(), true, store.end() + 1, copied.end()));
        try (Validator validator = new Validator(Path.of("../spec"), LONGEST)) {
            List<Optional<Rejection>> rejections = validator.judge(List.of(kept, Recording.of(kept.settings(), copiedLater)), folder).verdicts().stream()
                    .map(Validator.Verdict::rejection).toList();
            assertThat(rejections.get(0)).isEmpty();
            assertThat(rejections.get(1).map(Rejection::event)).hasValue("LegWrite(11, 0, 0, 2)");
        }
    }

    /** What has begun and not ended may have been done, and may have left what is found; but it is no other than what it is. */
    @Test
    void whatHasBegunAndNotEndedMayHaveBeenDone() throws IOException {
        List<Recording> recordings = List.of(doctored(DoctoredRecordingTest::leaveDevicesUnended), doctored(DoctoredRecordingTest::beginOnAnotherLeg));
        assertThat(recordings.get(0).all()).extracting(Event::what).contains("LegWriteBegun", "LogWriteBegun", "ResyncCopyBegun");
        try (Validator validator = new Validator(Path.of("../spec"), LONGEST)) {
            List<Validator.Verdict> verdicts = validator.judge(recordings, folder).verdicts();
            assertThat(verdicts.get(0).rejection()).isEmpty();
            assertThat(verdicts.get(1).rejection().orElseThrow().event()).startsWith("EndWrite(");
        }
    }

    /**
     * A process was killed when its driver counted the log as written, and it was not yet: the file has the old bits. So it is where the log is being
     * written, and not elsewhere.
     */
    @Test
    void theLogMayBeCountedAsWrittenALittleBeforeItIs() throws IOException {
        Recording kept = read("killed-while-the-log-is-written.json");
        List<Event> without = new ArrayList<>(kept.all());
        without.removeIf(event -> is(event, "LogWriteBegun"));
        try (Validator validator = new Validator(Path.of("../spec"), LONGEST)) {
            List<Validator.Verdict> verdicts = validator.judge(List.of(kept, Recording.of(kept.settings(), without)), folder).verdicts();
            assertThat(verdicts.get(0).rejection()).isEmpty();
            assertThat(verdicts.get(1).rejection().orElseThrow().event()).startsWith("Look(");
        }
    }

    @Test
    void aMirrorThatWasCutShortIsNotAcceptedWhateverItDidBefore() throws IOException {
        Path file = folder.resolve("cut.json");
        Files.writeString(file, RecordingJson.write(Recording.of(accepted.settings(), accepted.all(), Optional.of("it hangs"))));
        assertThat(RecordingJson.read(file).cutShort()).contains("it hangs");
        Validator.Verdict verdict = new Validator.Verdict(RecordingJson.read(file), Optional.empty());
        assertThat(verdict.accepted()).isFalse();
        assertThat(verdict.faults()).containsExactly("it hangs");
    }

    @Test
    void aRecordingIsReadAsItWasWritten() throws IOException {
        Path file = folder.resolve("again.json");
        Files.writeString(file, RecordingJson.write(accepted));
        Recording again = RecordingJson.read(file);
        assertThat(again.all()).isEqualTo(accepted.all());
        assertThat(again.settings()).isEqualTo(accepted.settings());
        assertThat(again.chains()).isEqualTo(accepted.chains());
    }
}
