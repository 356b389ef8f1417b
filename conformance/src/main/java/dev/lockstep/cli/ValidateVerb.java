package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.trace.FormatException;
import dev.lockstep.validate.CrashOutcome;
import dev.lockstep.validate.CrashOutcomes;
import dev.lockstep.validate.KilledRecording;
import dev.lockstep.validate.Plan;
import dev.lockstep.validate.Recording;
import dev.lockstep.validate.RecordingJson;
import dev.lockstep.validate.RunSettings;
import dev.lockstep.validate.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb {@code validate}: is what the mirror does on its own a behaviour of the specification? */
@Command(name = "validate", sortOptions = false,
        description = "Records the mirror while it runs free, on many threads and real files, and is killed and opened again; has TLC say of "
                + "each recording whether it is a behaviour of the specification.")
final class ValidateVerb extends Verb {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int RECORDINGS = 40;
    private static final int KILLED = 7;
    private static final int EVENTS = 500;

    @Option(names = "--recordings", paramLabel = "N", description = "As many recordings, of all policies together (default: "
            + "${DEFAULT-VALUE}).")
    private int recordings = RECORDINGS;

    @Option(names = "--killed", paramLabel = "N", description = "And so many of processes that are killed with SIGKILL, three times each "
            + "(default: ${DEFAULT-VALUE}).")
    private int killed = KILLED;

    @Option(names = "--events", paramLabel = "N", description = "Each of as many events at least (default: ${DEFAULT-VALUE}).")
    private int events = EVENTS;

    @Option(names = "--policy", paramLabel = "NAME", description = "Only this policy; may be given more than once.")
    private List<String> names = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "Make the workloads' random choices from this number (default: 1). What "
            + "the threads come to is another thing each time.")
    private long seed = 1;

    @Option(names = "--recording", paramLabel = "FILE", description = "Judge this recording instead, which was rejected before.")
    private Optional<Path> recording = Optional.empty();

    @Option(names = "--jobs", paramLabel = "N", description = "Record and judge so many at a time (default: 2).")
    private int jobs = 2;

    @Option(names = "--spec", paramLabel = "DIR", description = "Use the spec in this folder instead of the bundled one.")
    private Optional<Path> spec = Optional.empty();

    @Option(names = "--files", paramLabel = "DIR", description = "Have the legs and the log in a folder in this one (default: in memory, if "
            + "there is a file system for that, else where temporary files are).")
    private Optional<Path> files = Optional.empty();

    ValidateVerb(Console console) {
        super(console);
    }

    /**
     * The result, as it is kept.
     *
     * @param recordings how many recordings were judged
     * @param events     how many events they have
     * @param rejected   how many are no behaviour of the spec
     * @param cutShort   of how many mirrors the recording ends too soon, as the mirror hangs or fails
     * @param states     how many states TLC has found
     * @param killed     in how many the process was killed
     * @param crashes    what the kills left, next to what the spec allows them to leave
     * @param policies   the same of each policy
     * @param findings   the recordings that were rejected
     */
    record Result(int recordings, long events, int rejected, int cutShort, long states, int killed, CrashOutcomes crashes, List<OfPolicy> policies, List<RecordingFinding> findings) {
    }

    /**
     * The recordings of a policy.
     *
     * @param policy     its name
     * @param recordings how many were judged
     * @param events     how many events they have
     * @param rejected   how many were rejected
     */
    record OfPolicy(String policy, int recordings, long events, int rejected) {
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        requireAtLeast("--recordings", recordings, 1);
        requireAtLeast("--killed", killed, 0);
        requireAtLeast("--events", events, 10);
        requireAtLeast("--jobs", jobs, 1);
        Path parent = files.orElseGet(MemoryFolder::orTemporary);
        if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
            throw new UserMistake("the mirror's files cannot be in " + parent + ": a folder that can be written was expected");
        }
        try (SpecFolder opened = SpecFolder.open(spec); RigFolder work = RigFolder.in(parent, "lockstep-validate-")) {
            return result(recording.isPresent() ? List.of(judge(opened, work.path(), recording.get())) : judge(opened, work.path(), progress));
        }
    }

    private static void requireAtLeast(String option, int given, int least) {
        if (given < least) {
            throw new UserMistake(option + " " + given + " is not possible: at least " + least + " was expected");
        }
    }

    /** Recordings of one kind that were judged, and, if their processes were killed, what that left. */
    private record Done(Validator.Judged judged, int killed, List<CrashOutcome> crashes) {
    }

    private static Done judge(SpecFolder opened, Path work, Path file) throws IOException {
        Recording read;
        try {
            read = RecordingJson.read(file);
        } catch (FormatException e) {
            throw new UserMistake(e.getMessage(), e);
        }
        try (Validator validator = new Validator(opened.path(), LONGEST)) {
            return new Done(validator.judge(List.of(read), Files.createDirectory(work.resolve("spec"))), 0, List.of());
        }
    }

    /** Each job has a validator of its own, and takes the next group when it has done with one. */
    private List<Done> judge(SpecFolder opened, Path work, Progress progress) throws IOException {
        List<Policy> policies = names.isEmpty() ? Policy.all() : names.stream().map(ValidateVerb::policy).toList();
        List<List<RunSettings>> groups = new ArrayList<>(Plan.of(policies, recordings, events, seed));
        int unharmed = groups.size();
        groups.addAll(Plan.of(policies, killed, events, seed + recordings));
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<Callable<List<Done>>> tasks = new ArrayList<>();
        for (int job = 0; job < Math.min(jobs, groups.size()); job++) {
            tasks.add(() -> {
                List<Done> judged = new ArrayList<>();
                try (Validator validator = new Validator(opened.path(), LONGEST)) {
                    for (int group = next.getAndIncrement(); group < groups.size(); group = next.getAndIncrement()) {
                        Path own = Files.createDirectory(work.resolve("group" + group));
                        judged.add(group < unharmed ? judge(validator, groups.get(group), own) : judgeKilled(validator, groups.get(group), own));
                        progress.show("validate  " + done.addAndGet(groups.get(group).size()) + "/" + (recordings + killed));
                    }
                }
                return judged;
            });
        }
        return Hunters.run(tasks.size(), tasks).stream().flatMap(List::stream).toList();
    }

    private static Done judge(Validator validator, List<RunSettings> group, Path folder) throws IOException {
        List<Recording> recorded = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            recorded.add(Recording.of(group.get(i), Files.createDirectory(folder.resolve("mirror" + i))));
        }
        return new Done(validator.judge(recorded, Files.createDirectory(folder.resolve("spec"))), 0, List.of());
    }

    private static Done judgeKilled(Validator validator, List<RunSettings> group, Path folder) throws IOException {
        KilledRecording recorder = new KilledRecording(System.getProperty("java.class.path"));
        List<Recording> recorded = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            recorded.add(recorder.of(group.get(i), Files.createDirectory(folder.resolve("mirror" + i))));
        }
        KilledRecording.Judged judged = KilledRecording.judge(recorded, validator, folder);
        return new Done(judged.judged(), recorded.size(), judged.crashes());
    }

    private static Policy policy(String name) {
        return Policy.named(name).orElseThrow(() -> new UserMistake("there is no policy " + name + ": "
                + Policy.all().stream().map(Policy::name).collect(Collectors.joining(", ")) + " was expected"));
    }

    private VerbResult result(List<Done> done) {
        List<Validator.Verdict> verdicts = done.stream().flatMap(each -> each.judged().verdicts().stream()).toList();
        long states = done.stream().mapToLong(each -> each.judged().states()).sum();
        List<RecordingFinding> findings = recording.isEmpty() ? RecordingFinding.keep(verdicts, folder(), "rejected-")
                : verdicts.stream().filter(each -> !each.accepted()).map(each -> RecordingFinding.of(each, recording.get())).toList();
        List<OfPolicy> policies = Policy.all().stream().map(Policy::name).map(name -> of(name, verdicts))
                .filter(each -> each.recordings() > 0).toList();
        Result result = new Result(verdicts.size(), policies.stream().mapToLong(OfPolicy::events).sum(), (int) verdicts.stream().filter(each -> each.rejection().isPresent()).count(),
                (int) verdicts.stream().filter(each -> each.recording().cutShort().isPresent()).count(), states,
                done.stream().mapToInt(Done::killed).sum(), CrashOutcomes.of(done.stream().flatMap(each -> each.crashes().stream()).toList()),
                policies, findings);
        return VerbResult.of(findings.isEmpty() ? Ending.AS_EXPECTED : Ending.FINDING, result, text(result)).withSeed(seed);
    }

    private static OfPolicy of(String policy, List<Validator.Verdict> all) {
        List<Validator.Verdict> verdicts = all.stream()
                .filter(each -> each.recording().settings().policy().name().equals(policy)).toList();
        return new OfPolicy(policy, verdicts.size(), verdicts.stream().mapToLong(each -> each.recording().events()).sum(),
                (int) verdicts.stream().filter(each -> each.rejection().isPresent()).count());
    }

    private static String crashes(CrashOutcomes crashes) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("under way to", "kills", "allowed", "found", "never found"));
        crashes.kinds().forEach(each -> rows.add(List.of(each.underWay(), "" + each.crashes(), "" + each.allowed(), "" + each.found().size(),
                each.never().isEmpty() ? "-" : String.join("; ", each.never()))));
        return String.format(Locale.ROOT, "%n%,d kills of its process, after which the specification allows %,d contents of legs and log; by the devices "
                + "that something was%nunder way to, and had reached or not, %d of %d outcomes were found%n", crashes.crashes(), crashes.contents(),
                crashes.found(), crashes.allowed()) + new Columns(rows).text(1, 3);
    }

    private static String text(Result result) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("policy", "recordings", "events", "rejected"));
        result.policies().forEach(each -> rows.add(List.of(each.policy(), "" + each.recordings(), "" + each.events(),
                "" + each.rejected())));
        StringBuilder text = new StringBuilder(new Columns(rows).text(1, rows.get(0).size() - 1));
        text.append(String.format(Locale.ROOT, "%n%,d recordings of %,d events in all, %d rejected, %d cut short; TLC found %,d states%n",
                result.recordings(), result.events(), result.rejected(), result.cutShort(), result.states()));
        if (result.crashes().crashes() > 0) {
            text.append(crashes(result.crashes()));
        }
        result.findings().forEach(each -> text.append(each.text()));
        return text.toString();
    }
}
