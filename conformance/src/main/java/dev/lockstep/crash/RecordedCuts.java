package dev.lockstep.crash;

import dev.lockstep.guest.Guest;
import dev.lockstep.guest.GuestSettings;
import dev.lockstep.sut.Mirror;
import dev.lockstep.sut.Size;
import dev.lockstep.validate.CrashOutcome;
import dev.lockstep.validate.KilledRecording;
import dev.lockstep.validate.Plan;
import dev.lockstep.validate.Recording;
import dev.lockstep.validate.RunSettings;
import dev.lockstep.validate.Validator;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The cycles of the tier {@code flakey} that are recorded: mirrors of the size of the specification's models on dm-flakey devices, whose power is cut three times
 * each. What each cut leaves on the devices has to be an outcome that the specification allows for that recording. An object runs once.
 */
public final class RecordedCuts {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int EVENTS = 200;
    /** So often a mirror is recorded again, from its making, if a cut of it is void. */
    private static final int TRIES = 3;

    private final CrashSettings settings;
    private final int recordings;

    /**
     * Cycles that have not run.
     *
     * @param settings   what the tier is to do
     * @param recordings how many of these cycles there are to be
     */
    public RecordedCuts(CrashSettings settings, int recordings) {
        this.settings = settings;
        this.recordings = recordings;
    }

    /**
     * Runs them.
     *
     * @param spec   the folder with the specification
     * @param folder an empty folder, for the guest's disks and what TLC is given
     * @return what TLC says
     * @throws IOException if the guest cannot be used, or too many cuts of a mirror are void
     */
    public RecordedCrashes run(Path spec, Path folder) throws IOException {
        List<List<Recording>> groups = new ArrayList<>();
        Size any = new Size(1, 1, 2, 2);
        try (FlakeyLab lab = FlakeyLab.boot(Guest.build(GuestSettings.usual()), Files.createDirectory(folder.resolve("disks")),
                new Layout(any.bytes(), any.regionBytes(), any.legs(), Mirror.SOURCE))) {
            int done = 0;
            for (List<RunSettings> group : Plan.of(settings.policies(), settings.formats(), recordings, EVENTS, settings.seed())) {
                List<Recording> recorded = new ArrayList<>();
                for (RunSettings each : group) {
                    settings.progress().accept(FlakeyTier.NAME + "  recording " + ++done + " of " + recordings + ", " + each.policy().name());
                    recorded.add(record(lab, each, folder, 1));
                }
                groups.add(recorded);
            }
        }
        List<Validator.Verdict> verdicts = new ArrayList<>();
        List<CrashOutcome> crashes = new ArrayList<>();
        try (Validator validator = new Validator(spec, LONGEST)) {
            for (List<Recording> group : groups) {
                KilledRecording.Judged said = KilledRecording.judge(group, validator, Files.createDirectory(folder.resolve("judged" + verdicts.size())));
                verdicts.addAll(said.judged().verdicts());
                crashes.addAll(said.crashes());
            }
        }
        return RecordedCrashes.of(verdicts, crashes);
    }

    private static Recording record(FlakeyLab lab, RunSettings mirror, Path folder, int attempt) throws IOException {
        Path work = Files.createDirectory(folder.resolve("mirror" + mirror.seed() + "-" + attempt));
        try {
            return KilledRecording.of(mirror, new FlakeyGround(lab, mirror, work), Files.createDirectory(work.resolve("files")));
        } catch (VoidCutException e) {
            if (attempt == TRIES) {
                throw e;
            }
            return record(lab, mirror, folder, attempt + 1);
        }
    }
}
