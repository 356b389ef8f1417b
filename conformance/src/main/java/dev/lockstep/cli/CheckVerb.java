package dev.lockstep.cli;

import dev.lockstep.tlc.ModelResult;
import dev.lockstep.tlc.TlcDistribution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code check}: TLC's verdicts on the models, compared with what is pinned. */
@Command(name = "check", sortOptions = false,
        description = "Has TLC judge the models of the spec, and compares each verdict with the one that is pinned.")
final class CheckVerb extends Verb {
    /** How long a worker waits for a server. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Parameters(arity = "0..*", paramLabel = "MODEL",
            description = "Models to judge: a name, the beginning of one, or a pattern as 'MCMirror_Original*' "
                    + "(default: all). If one is violated, its counterexample is shown.")
    private List<String> given = List.of();

    @Option(names = "--tla2tools", paramLabel = "JAR",
            description = "Use the TLC in this jar instead of the bundled one.")
    private Optional<Path> jar = Optional.empty();

    @Option(names = "--spec", paramLabel = "DIR",
            description = "Use the spec in this folder instead of the bundled one.")
    private Optional<Path> spec = Optional.empty();

    @Option(names = "--jobs", paramLabel = "N",
            description = "Run TLC so many times side by side (default: 2). With --deep: let TLC use so many "
                    + "processors; with --worker likewise (default: all).")
    private Optional<Integer> jobs = Optional.empty();

    @Option(names = "--counterexamples", description = "Show the counterexample of every violation.")
    private boolean counterexamples;

    @Option(names = "--one-by-one",
            description = "Run TLC on each model by itself, also where one run can judge several invariants of the "
                    + "same states: the same verdicts, in more time.")
    private boolean oneByOne;

    @Option(names = "--pin",
            description = "For maintainers: take what is found for what is expected, and write it into the folder given "
                    + "with --spec.")
    private boolean pin;

    @Option(names = "--table", hidden = true,
            description = "For maintainers: print what is pinned as the tables of spec/README.md.")
    private boolean table;

    @Mixin
    private DistributedOptions distributed;

    @Mixin
    private DeepOptions deep;

    CheckVerb(Console console) {
        super(console);
    }

    @Override
    boolean keepsResult() {
        return !table && distributed.worker().isEmpty();
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        if (jobs.orElse(1) < 1) {
            throw new UserMistake("--jobs " + jobs.get() + " is not possible: at least 1 was expected");
        }
        if (pin && spec.isEmpty()) {
            throw new UserMistake("--pin needs --spec DIR: the folder whose " + Pins.FILE + " is to be written");
        }
        distributed.check();
        deep.check();
        boolean ordinary = !distributed.distributed() && distributed.worker().isEmpty();
        if (deep.deep() && !ordinary || pin && (deep.deep() || !ordinary)) {
            throw new UserMistake("--deep, --distributed, --worker and --pin exclude each other: one was expected");
        }
        TlcDistribution tlc = jar.map(TlcDistribution::of).orElseGet(TlcDistribution::bundled);
        if (distributed.worker().isPresent()) {
            return new WorkerVisit(distributed.worker().get(), PATIENCE).run(tlc, distributed.address(),
                    processors(), progress);
        }
        try (SpecFolder folder = SpecFolder.open(spec)) {
            if (deep.deep()) {
                return new DeepCheck(folder, tlc, deep.time(), processors(), progress).run(given, jar);
            }
            if (distributed.distributed()) {
                return new DistributedCheck(folder, distributed.settings(tlc, TlcRuns.LONGEST), progress)
                        .run(given, Pins.read(folder), jar);
            }
            return table ? VerbResult.ofText(String.join("\n", VerdictTable.all(Pins.read(folder)))) : check(folder, tlc, progress);
        }
    }

    private int processors() {
        return jobs.orElse(Runtime.getRuntime().availableProcessors());
    }

    private VerbResult check(SpecFolder folder, TlcDistribution tlc, Progress progress) throws IOException {
        List<ModelName> models = new ModelChoice(folder.models()).find(given);
        Pins pins = pin ? Pins.readIfThere(folder) : Pins.read(folder);
        Map<ModelName, ModelResult> found = new TlcRuns(tlc, jobs.orElse(2), progress).judge(folder, models, pins, !oneByOne);
        if (pin) {
            pins = Pinning.write(folder, pins, found);
        }
        CheckResult result = CheckResult.of(found, pins, jar, folder.hash(), new Teller(folder));
        boolean asked = counterexamples || !given.isEmpty();
        return VerbResult.of(result.unexpected() == 0 ? Ending.AS_EXPECTED : Ending.FINDING, result,
                new CheckText(result).write(asked));
    }
}
