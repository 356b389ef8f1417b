package dev.lockstep.validate;

import dev.lockstep.trace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Records a mirror whose process is killed with SIGKILL, some times: what it was at then may have been done or not, and what is found in its
 * files has to be what the specification allows after that. At last it is opened here, and unmounted.
 */
public final class KilledRecording {
    private static final int KILLS = 3;
    /** So many more events, at the most, may be seen of a life before it is killed. */
    private static final int SPREAD = 40;

    private final String classPath;

    /**
     * Of processes.
     *
     * @param classPath what their classes are in
     */
    public KilledRecording(String classPath) {
        this.classPath = classPath;
    }

    /**
     * Records.
     *
     * @param settings what to record
     * @param folder   an empty folder, for the mirror's files and what the processes tell
     * @return the recording
     * @throws IOException if a process cannot be started, files cannot be made or read, or this thread is interrupted (and is so again)
     */
    public Recording of(RunSettings settings, Path folder) throws IOException {
        Path files = Files.createDirectory(folder.resolve("files"));
        return of(settings, new KilledLives(classPath, Files.createDirectory(folder.resolve("lives")), files), files);
    }

    /**
     * Records a mirror that dies on some ground, and is opened there again. At last it is opened here, and unmounted.
     *
     * @param settings what to record
     * @param ground   where it lives
     * @param files    an empty folder, for its files when it is not there
     * @return the recording
     * @throws IOException if a process cannot be started, files cannot be made or read, or this thread is interrupted (and is so again)
     */
    public static Recording of(RunSettings settings, Ground ground, Path files) throws IOException {
        MirrorRun.make(files, settings);
        ground.put(files);
        SplittableRandom random = new SplittableRandom(settings.seed());
        List<Event> events = new ArrayList<>();
        long clock = 0;
        for (int life = 0; life < KILLS; life++) {
            int until = settings.events() / (KILLS + 1) + random.nextInt(SPREAD);
            Ground.Over over = ground.live(settings, clock, until);
            Tape.Left left = Tape.left(over.tape());
            long last = Math.max(clock, left.last()) + 1;
            events.addAll(left.done());
            left.begun().forEach(each -> events.add(each.endedBy(last)));
            if (over.cutShort().isPresent()) {
                return Recording.of(settings, events, over.cutShort());
            }
            events.add(new Event("Kill", List.<Value>of(), true, last + 1, last + 2));
            Recorder after = new Recorder(last + 2, null);
            ground.left(files);
            MirrorRun.look(files, settings, after, ground.cutsPower(), new Failures(settings, after));
            events.addAll(after.events());
            clock = after.now();
        }
        Recorder recorder = new Recorder(clock, null);
        Failures failures = new Failures(settings, recorder);
        Optional<String> cutShort = new Life(settings, files, recorder, failures).live(random.split(), settings.events() / (KILLS + 1), false);
        if (cutShort.isEmpty()) {
            MirrorRun.look(files, settings, recorder, false, failures);
        }
        events.addAll(cutShort.isPresent() ? recorder.eventsAndBegun() : recorder.events());
        return Recording.of(settings, events, cutShort);
    }

    /**
     * What TLC says of recordings of processes that were killed.
     *
     * @param judged  what it says of each
     * @param crashes of each kill in those that it accepts, what it left, and might have left
     */
    public record Judged(Validator.Judged judged, List<CrashOutcome> crashes) {
        /** Keeps a copy. */
        public Judged {
            crashes = List.copyOf(crashes);
        }
    }

    /**
     * Has recordings judged.
     *
     * @param recordings recordings of mirrors that differ in nothing but their workload's seed, at least one
     * @param validator  judges them
     * @param folder     an empty folder, for what TLC is given
     * @return what it says
     * @throws IOException if the folder cannot be written
     * @throws dev.lockstep.tlc.TlcException if TLC comes to no end
     */
    public static Judged judge(List<Recording> recordings, Validator validator, Path folder) throws IOException {
        Validator.Judged judged = validator.judge(recordings, Files.createDirectory(folder.resolve("spec")));
        List<Recording> accepted = judged.verdicts().stream().filter(Validator.Verdict::accepted).map(Validator.Verdict::recording).toList();
        return new Judged(judged, validator.crashes(accepted, Files.createDirectory(folder.resolve("crashes"))));
    }
}
