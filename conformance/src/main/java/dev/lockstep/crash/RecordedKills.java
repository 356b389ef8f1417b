package dev.lockstep.crash;

import dev.lockstep.validate.CrashOutcome;
import dev.lockstep.validate.KilledRecording;
import dev.lockstep.validate.Plan;
import dev.lockstep.validate.Recording;
import dev.lockstep.validate.RunSettings;
import dev.lockstep.validate.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The cycles of the tier {@code kill} that are recorded: processes with mirrors of the size of the specification's models, killed with SIGKILL three times
 * each, soon after they have opened what the kill before has left. What each kill leaves in the files has to be an outcome that the specification allows for
 * that recording. An object runs once.
 */
public final class RecordedKills {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** So few that a kill comes while much of the volume is out of sync. */
    private static final int EVENTS = 200;

    private final CrashSettings settings;
    private final int recordings;
    private final String classPath;

    /**
     * Cycles that have not run.
     *
     * @param settings   what the tier is to do
     * @param recordings how many of these cycles there are to be
     * @param classPath  what the processes' classes are in
     */
    public RecordedKills(CrashSettings settings, int recordings, String classPath) {
        this.settings = settings;
        this.recordings = recordings;
        this.classPath = classPath;
    }

    /**
     * Runs them.
     *
     * @param spec   the folder with the specification
     * @param folder an empty folder, for what TLC is given
     * @return what TLC says
     * @throws IOException if files cannot be made, a process cannot be started, or this thread is interrupted (and is so again)
     */
    public RecordedCrashes run(Path spec, Path folder) throws IOException {
        List<Validator.Verdict> verdicts = new ArrayList<>();
        List<CrashOutcome> crashes = new ArrayList<>();
        try (Validator validator = new Validator(spec, LONGEST)) {
            for (List<Recording> group : recorded(folder)) {
                KilledRecording.Judged said = KilledRecording.judge(group, validator, Files.createDirectory(folder.resolve("judged" + verdicts.size())));
                verdicts.addAll(said.judged().verdicts());
                crashes.addAll(said.crashes());
                settings.progress().accept(KillTier.NAME + "  " + verdicts.size() + " of " + recordings + " recordings judged");
            }
        }
        return RecordedCrashes.of(verdicts, crashes);
    }

    private List<List<Recording>> recorded(Path folder) throws IOException {
        KilledRecording recorder = new KilledRecording(classPath);
        ExecutorService pool = Executors.newFixedThreadPool(settings.jobs());
        try {
            List<List<Future<Recording>>> all = new ArrayList<>();
            for (List<RunSettings> group : Plan.of(settings.policies(), settings.formats(), recordings, EVENTS, settings.seed())) {
                List<Future<Recording>> begun = new ArrayList<>();
                for (RunSettings each : group) {
                    Path own = Files.createDirectory(folder.resolve("mirror" + each.seed()));
                    begun.add(pool.submit(() -> recorder.of(each, own)));
                }
                all.add(begun);
            }
            List<List<Recording>> recorded = new ArrayList<>();
            for (List<Future<Recording>> group : all) {
                List<Recording> ended = new ArrayList<>();
                for (Future<Recording> each : group) {
                    ended.add(each.get());
                }
                recorded.add(ended);
            }
            return recorded;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().toString(), e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
