package dev.lockstep.cli;

import dev.lockstep.mutants.Mutant;
import dev.lockstep.mutants.PlantedMirror;
import dev.lockstep.region.Policy;
import dev.lockstep.validate.Plan;
import dev.lockstep.validate.Recording;
import dev.lockstep.validate.RecordingJson;
import dev.lockstep.validate.RecordingOfOne;
import dev.lockstep.validate.Rejection;
import dev.lockstep.validate.RunSettings;
import dev.lockstep.validate.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Records a mirror with a fault planted, some times, until the specification rejects a recording or the mirror hangs or fails. */
final class RecordedMutant {
    /** Mirrors of every kind that is recorded, with logs of both formats. */
    private static final int RECORDINGS = 32;
    /** As often again, as what only a few of them can show is a race there as well. */
    private static final int ROUNDS = 3;
    private static final int EVENTS = 300;
    private static final long SEED = 1;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final SpecFolder spec;
    private final Mutant mutant;
    private final PlantedMirror planted;
    private final Path files;

    RecordedMutant(SpecFolder spec, Mutant mutant, PlantedMirror planted, Path files) {
        this.spec = spec;
        this.mutant = mutant;
        this.planted = planted;
        this.files = files;
    }

    /** What a race leaves first need not be what it has to be found by: the hunt goes on then, and that is what it comes to only if nothing else is found. */
    MutantHunt.Catch sought() throws IOException {
        Policy policy = Policy.named(mutant.policy()).orElseThrow();
        int groups = Plan.of(List.of(policy), RECORDINGS, EVENTS, SEED).size();
        MutantHunt.Catch last = new MutantHunt.Catch(mutant, "", "", 0, List.of());
        try (Validator validator = new Validator(spec.path(), LONGEST)) {
            for (int group = 0; group < ROUNDS * groups && !last.killed(); group++) {
                last = sought(validator, group / groups, group % groups, last);
            }
        }
        return last;
    }

    private MutantHunt.Catch sought(Validator validator, int round, int group, MutantHunt.Catch before) throws IOException {
        MutantHunt.Catch last = before;
        for (Validator.Verdict verdict : judged(validator, round, group)) {
            if (!verdict.accepted() && !last.killed()) {
                last = caught(verdict);
            }
        }
        return last;
    }

    /** What the planted mirror did is told as text: its classes are others than these. */
    private List<Validator.Verdict> judged(Validator validator, int round, int group) throws IOException {
        Path folder = Files.createDirectory(files.resolve("round" + round + "group" + group));
        List<Recording> recordings = planted.run(RecordingOfOne.class, mutant.policy(), "" + RECORDINGS, "" + group, "" + EVENTS,
                "" + (SEED + round * RECORDINGS), folder.toString()).stream().map(file -> RecordingJson.read(Path.of(file))).toList();
        return validator.judge(recordings, Files.createDirectory(folder.resolve("spec"))).verdicts();
    }

    private MutantHunt.Catch caught(Validator.Verdict verdict) {
        RunSettings settings = verdict.recording().settings();
        return new MutantHunt.Catch(mutant, "recording " + (settings.seed() - SEED + 1) + " of " + ROUNDS * RECORDINGS + ", " + settings.size() + ", pages changed by "
                + settings.storing().written(), verdict.rejection().map(Rejection::event).orElse(""),
                verdict.rejection().map(Rejection::explained).orElse(verdict.recording().events()), verdict.faults());
    }
}
