package dev.lockstep.crash.enumerate;

import dev.lockstep.crash.RecordedCrashes;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.Size;
import dev.lockstep.validate.CutOutcomes;
import dev.lockstep.validate.Recording;
import dev.lockstep.validate.RunSettings;
import dev.lockstep.validate.Seam;
import dev.lockstep.validate.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The workloads of the tier that are recorded: every policy, on two regions, on a region of two blocks and on three legs, with each format of a log, by
 * turns. TLC says of each whether it is a behaviour of the specification, and of every state that a power cut may leave at any instant of it whether the
 * specification allows it. When some are rejected, the others are left. An object runs once.
 */
public final class EnumeratedRecordings {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int SLOTS = 2 * UsedVolume.SLOTS;
    private static final List<Size> SIZES = List.of(new Size(2, 1, 2, SLOTS), new Size(1, 2, 2, SLOTS), new Size(2, 1, 3, SLOTS));
    private static final List<Plan> PLANS = List.of(Plan.ANYTHING, Plan.RESYNC, Plan.MARK);
    /** How many steps a workload has is its own choice: the settings of a recording want some number. */
    private static final int EVENTS = 1;
    /** So many rejected recordings are enough: nothing more is judged then. */
    private static final int ENOUGH = 3;

    private final List<Policy> policies;
    private final List<LogFormat> formats;
    private final int recordings;
    private final long seed;
    private final Consumer<String> progress;
    private final Wiring wiring;

    /**
     * Workloads that have not run.
     *
     * @param policies   the policies, by turns
     * @param formats    the formats of a log, by turns
     * @param recordings how many there are to be
     * @param seed       decides everything
     * @param progress   told in a line how many were judged
     */
    public EnumeratedRecordings(List<Policy> policies, List<LogFormat> formats, int recordings, long seed, Consumer<String> progress) {
        this(policies, formats, recordings, seed, progress, Wiring.DIRECT);
    }

    EnumeratedRecordings(List<Policy> policies, List<LogFormat> formats, int recordings, long seed, Consumer<String> progress, Wiring wiring) {
        this.policies = List.copyOf(policies);
        this.formats = List.copyOf(formats);
        this.recordings = recordings;
        this.seed = seed;
        this.progress = progress;
        this.wiring = wiring;
    }

    /** What recordings have to have in common that TLC judges together. */
    private record Together(Policy policy, Size size) {
    }

    /** A recording, and how many states power cuts may leave in it. */
    private record Recorded(Recording recording, long states) {
    }

    /**
     * Runs them.
     *
     * @param spec   the folder with the specification
     * @param folder an empty folder, for what TLC is given
     * @return what TLC says
     * @throws IOException if the folder cannot be written
     */
    public RecordedCrashes run(Path spec, Path folder) throws IOException {
        Map<Together, List<Recorded>> groups = new LinkedHashMap<>();
        for (int i = 0; i < recordings; i++) {
            Policy policy = policies.get(i % policies.size());
            int turn = i / policies.size();
            Size size = SIZES.get(turn % SIZES.size());
            RunSettings settings = new RunSettings(policy, size, RecordedWorkload.storing(), formats.get(turn % formats.size()), Seam.POOL, seed + i, EVENTS);
            RecordedWorkload workload = new RecordedWorkload(settings, PLANS.get((turn + turn / SIZES.size()) % PLANS.size()), wiring);
            groups.computeIfAbsent(new Together(policy, size), first -> new ArrayList<>()).add(new Recorded(workload.run(), workload.states()));
        }
        List<Validator.Verdict> verdicts = new ArrayList<>();
        CutOutcomes cuts = CutOutcomes.NONE;
        long judged = 0;
        try (Validator validator = new Validator(spec, LONGEST)) {
            for (List<Recorded> group : groups.values()) {
                Validator.Judged said = validator.judge(group.stream().map(Recorded::recording).toList(), Files.createDirectory(folder.resolve("spec" + verdicts.size())));
                for (int i = 0; i < group.size(); i++) {
                    judged += said.verdicts().get(i).rejection().isEmpty() ? group.get(i).states() : 0;
                }
                verdicts.addAll(said.verdicts());
                cuts = cuts.and(said.cuts());
                progress.accept("enumerate  " + verdicts.size() + " of " + recordings + " recordings judged");
                if (verdicts.stream().filter(each -> !each.accepted()).count() >= ENOUGH) {
                    break;
                }
            }
        }
        return RecordedCrashes.of(verdicts, judged, cuts);
    }
}
