package dev.lockstep.validate;

import dev.lockstep.sut.MirrorConstants;
import dev.lockstep.tlc.Course;
import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.Reach;
import dev.lockstep.tlc.ReachSession;
import dev.lockstep.trace.TupleValue;
import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Has TLC say of recordings whether they are behaviours of {@code spec/Mirror.tla}. Not thread-safe; validators do not disturb each other. */
public final class Validator implements AutoCloseable {
    private static final String MODULE = "Recorded";
    private static final String DATA = "Recordings";
    private static final String THING = "recording";
    private static final String POSITION = "at";
    private static final List<String> ENVIRONMENT = List.of("direct", "change", "discard", "scrub", "fail", "late", "flushFails", "syncFails", "logFlushFails");

    private final Path spec;
    private final Duration watchdog;
    private final ReachSession session = new ReachSession();

    /**
     * Of a spec.
     *
     * @param spec     the folder with its modules
     * @param watchdog how long TLC may take for the recordings that it is given together
     */
    public Validator(Path spec, Duration watchdog) {
        this.spec = spec;
        this.watchdog = watchdog;
    }

    /**
     * Judges recordings of mirrors that differ in nothing but their workload's seed.
     *
     * @param recordings the recordings, at least one
     * @param folder     an empty folder, for the module that is made of them
     * @return what TLC says of each, in their order
     * @throws IOException if the module cannot be written
     * @throws dev.lockstep.tlc.TlcException if TLC comes to no verdict
     */
    public Judged judge(List<Recording> recordings, Path folder) throws IOException {
        Model model = model(recordings, folder);
        Reach reach = session.explore(model, THING, POSITION, new Way(recordings, false), watchdog);
        List<Verdict> verdicts = new ArrayList<>();
        List<CutFound> cuts = new ArrayList<>();
        for (int i = 0; i < recordings.size(); i++) {
            Reach.Furthest furthest = reach.furthest().get((long) i + 1);
            Recording recording = recordings.get(i);
            boolean accepted = furthest.distance() == recording.events();
            verdicts.add(new Verdict(recording, accepted ? Optional.empty()
                    : Optional.of(Rejection.of(recording, furthest.states().get(0), model, watchdog))));
            if (accepted) {
                cuts.addAll(cuts(recording, furthest.states().get(0)));
            }
        }
        return new Judged(verdicts, reach.states(), CutOutcomes.of(cuts));
    }

    /** What power cuts were found to leave, next to what the specification allowed where TLC had them come. */
    private static List<CutFound> cuts(Recording recording, Map<String, Value> end) {
        List<Event> found = recording.all().stream().filter(each -> each.what().equals(CutFound.NAME)).toList();
        List<Value> allowed = ((TupleValue) end.get("cuts")).elements();
        return Stream.iterate(0, i -> i < found.size(), i -> i + 1).map(i -> CutFound.of(found.get(i), allowed.get(i))).toList();
    }

    /**
     * Finds what the crashes in recordings left on the devices, and what the spec allows them to leave.
     *
     * @param recordings recordings that were accepted, of mirrors that differ in nothing but their workload's seed
     * @param folder     an empty folder, for the module that is made of them
     * @return of each crash what it left, and might have left
     * @throws IOException if the module cannot be written
     * @throws dev.lockstep.tlc.TlcException if TLC comes to no end
     */
    public List<CrashOutcome> crashes(List<Recording> recordings, Path folder) throws IOException {
        List<Crash> crashes = recordings.stream().flatMap(each -> Crash.in(each).stream()).toList();
        if (crashes.isEmpty()) {
            return List.of();
        }
        List<Set<OnDevices>> allowed = outcomes(crashes, folder);
        return Stream.iterate(0, i -> i < crashes.size(), i -> i + 1).map(i -> CrashOutcome.of(crashes.get(i), allowed.get(i))).toList();
    }

    /**
     * Finds what the spec allows to be on the devices after crashes: every outcome, whatever became of what was under way.
     *
     * @param crashes crashes of mirrors that differ in nothing but their workload's seed, at least one
     * @param folder  an empty folder, for the module that is made of them
     * @return of each the outcomes, in their order; none if no order of its events is a behaviour of the spec
     * @throws IOException if the module cannot be written
     * @throws dev.lockstep.tlc.TlcException if TLC comes to no end
     */
    List<Set<OnDevices>> outcomes(List<Crash> crashes, Path folder) throws IOException {
        List<Recording> lives = crashes.stream().map(Crash::life).toList();
        Reach reach = session.explore(model(lives, folder), THING, POSITION, new Way(lives, true), watchdog);
        List<Set<OnDevices>> outcomes = new ArrayList<>();
        for (int i = 0; i < lives.size(); i++) {
            Reach.Furthest furthest = reach.furthest().get((long) i + 1);
            outcomes.add(furthest.distance() < lives.get(i).events() ? Set.of()
                    : furthest.states().stream().flatMap(crashes.get(i).cut() ? OnDevices::afterCut : OnDevices::after).collect(Collectors.toSet()));
        }
        return outcomes;
    }

    /** Recordings are got through event by event. */
    private record Way(List<Recording> recordings, boolean everyEnd) implements Course {
        @Override
        public long length(long thing) {
            return recordings.get((int) thing - 1).events();
        }

        @Override
        public long against(long thing, int[] position) {
            return recordings.get((int) thing - 1).lateness(position);
        }
    }

    private Model model(List<Recording> recordings, Path folder) throws IOException {
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(spec, "*.tla")) {
            for (Path module : modules) {
                Files.copy(module, folder.resolve(module.getFileName().toString()));
            }
        }
        RunSettings settings = recordings.get(0).settings();
        StringBuilder text = new StringBuilder("---- MODULE " + DATA + " ----\nRecordings == <<\n");
        for (int i = 0; i < recordings.size(); i++) {
            text.append(i == 0 ? "" : ",\n").append(recordings.get(i).tla());
        }
        int width = recordings.stream().mapToInt(each -> each.chains().size()).max().orElseThrow();
        Files.writeString(folder.resolve(DATA + ".tla"), text.append(">>\nWidth == ").append(width).append("\n====\n"));
        String constants = MirrorConstants.of(settings.policy(), settings.size(), settings.storing(), ENVIRONMENT)
                .replace("SPECIFICATION Spec", "INIT RecordedInit\nNEXT RecordedNext")
                .replace("Value = {0, 1}", "Value = " + contents(recordings))
                .replaceFirst("  Slots = \\d+", "  Slots = " + settings.size().slots());
        return new Model(MODULE, folder, MODULE, constants);
    }

    /** All contents that there may be in recordings, as a configuration has them. */
    private static Value contents(List<Recording> recordings) {
        int largest = recordings.stream().mapToInt(Recording::largestContent).max().orElseThrow();
        return Value.set(IntStream.rangeClosed(0, largest).mapToObj(Value::of).toList());
    }

    /** Lets go of TLC. */
    @Override
    public void close() {
        session.close();
    }

    /**
     * What TLC says of recordings.
     *
     * @param verdicts of each, in their order
     * @param states   how many states it has found
     * @param cuts     what power cuts were found to leave in those that are accepted, next to what the specification allows
     */
    public record Judged(List<Verdict> verdicts, long states, CutOutcomes cuts) {
    }

    /**
     * What TLC says of a recording.
     *
     * @param recording the recording
     * @param rejection why it is no behaviour of the spec; empty if it is one
     */
    public record Verdict(Recording recording, Optional<Rejection> rejection) {

        /** {@return whether it is a behaviour of the spec, and the mirror has come to the recording's end} */
        public boolean accepted() {
            return rejection.isEmpty() && recording.cutShort().isEmpty();
        }

        /** {@return what is wrong with it, a sentence each; nothing if it is accepted} */
        public List<String> faults() {
            return Stream.concat(recording.cutShort().stream(),
                    rejection.stream().map(each -> "rejected at " + each.event() + ", after " + each.explained() + " events")).toList();
        }
    }
}
