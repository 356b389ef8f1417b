package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.scenario.Finding;
import dev.lockstep.scenario.Scenario;
import dev.lockstep.scenario.ScenarioPlayer;
import dev.lockstep.scenario.ScenarioRun;
import dev.lockstep.scenario.ScenarioRun.Outcome;
import dev.lockstep.scenario.ScenarioRun.PlayedStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The verb {@code explain}: a scenario, played on real files under every policy, or a finding: TLC's shortest counterexample,
 * forced on real files if the mirror can be made to do it. Step by step, with the bytes that it leaves.
 */
@Command(name = "explain", sortOptions = false,
        description = "Shows step by step how something goes wrong, and on real files what bytes it leaves.")
final class ExplainVerb extends Verb {
    private static final int SHORT = 8;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A scenario (" + Scenario.EXT2_BITMAP
            + "), which is played under every policy; a finding, see --list; or a model with a counterexample.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--list", description = "List the scenario and the findings, and what the mirror has to do with each.")
    private boolean list;

    @Option(names = "--spec", paramLabel = "DIR", description = "Have TLC judge the spec in this folder instead of the bundled one.")
    private Optional<Path> spec = Optional.empty();

    private final Explainer.Judge judge;

    ExplainVerb(Console console) {
        this(console, Explainer.Judge.TLC);
    }

    ExplainVerb(Console console, Explainer.Judge judge) {
        super(console);
        this.judge = judge;
    }

    /** The result, as it is kept. */
    record Result(String scenario, String title, List<Run> runs, boolean asExpected, List<String> unexpected) {
    }

    /** One policy's run, as it is kept. */
    record Run(String policy, List<Step> steps, Left outcome) {
    }

    /** One step, as it is kept. */
    record Step(int number, String action, String actor, String meaning, List<String> seed, String method, String leg0,
            String leg1, String page, String state, String bit, boolean harm) {
        static Step of(PlayedStep step) {
            return new Step(step.number(), step.label().toString(), step.actor(), step.meaning(), step.seed(), step.method(),
                    step.legs().get(0), step.legs().get(1), step.page(), step.state(), step.bit(), step.harm());
        }
    }

    /** What was left, as it is kept. */
    record Left(boolean legsEqual, String bitAfterCrash, String leg0, String leg1, Integer differingOffset,
            int resyncedRegions, List<String> story, boolean twoFilesOneBlock) {
        static Left of(Outcome outcome) {
            return new Left(outcome.legsEqual(), outcome.bitAfterCrash(), outcome.leg0(), outcome.leg1(),
                    outcome.differingOffset() < 0 ? null : outcome.differingOffset(), outcome.resyncedRegions(),
                    sentences(outcome), outcome.twoFilesOneBlock());
        }
    }

    @Override
    boolean keepsResult() {
        return !list;
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        if (list) {
            return VerbResult.ofText(listed());
        }
        String given = name.orElseThrow(() -> new UserMistake("a name was expected: " + Scenario.EXT2_BITMAP + ", " + findings()));
        if (given.equals(Scenario.EXT2_BITMAP)) {
            spec.ifPresent(folder -> {
                throw new UserMistake("--spec " + folder + " is not possible with " + given + ", of which TLC judges nothing");
            });
            return play(Scenario.named(given).orElseThrow(), progress);
        }
        Optional<Finding> finding = Finding.named(given);
        if (finding.isEmpty() && !given.contains("_")) {
            throw new UserMistake("there is no scenario " + given + ": " + Scenario.EXT2_BITMAP + " was expected, or a model, or one of "
                    + "the findings " + findings());
        }
        try (SpecFolder folder = SpecFolder.open(spec)) {
            Explainer explainer = new Explainer(folder, spec.isEmpty(), judge, progress);
            return finding.isPresent() ? explainer.explain(finding.get()) : explainer.explain(given);
        }
    }

    private static String findings() {
        return Finding.all().stream().map(Finding::name).collect(Collectors.joining(", "));
    }

    private static String listed() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("name", "mirror", "what happens"));
        rows.add(List.of(Scenario.EXT2_BITMAP, "played", Scenario.named(Scenario.EXT2_BITMAP).orElseThrow().title()));
        Finding.all().forEach(finding -> rows.add(List.of(finding.name(), finding.status().written(), finding.title())));
        return new Columns(rows).text(0, -1);
    }

    private static VerbResult play(Scenario scenario, Progress progress) throws IOException {
        List<ScenarioRun> runs = new ArrayList<>();
        for (Policy policy : Policy.all()) {
            progress.show("scenario " + scenario.name() + "  " + policy.name());
            runs.add(ScenarioPlayer.play(scenario, policy, Path.of(System.getProperty("java.io.tmpdir"))));
        }
        List<String> unexpected = runs.stream().filter(run -> !asExpected(run))
                .map(run -> run.policy() + ": " + String.join(" ", sentences(run.outcome()))).toList();
        List<Run> kept = runs.stream().map(run -> new Run(run.policy(), run.steps().stream().map(Step::of).toList(),
                Left.of(run.outcome()))).toList();
        Result result = new Result(scenario.name(), scenario.title(), kept, unexpected.isEmpty(), unexpected);
        return VerbResult.of(unexpected.isEmpty() ? Ending.AS_EXPECTED : Ending.FINDING, result, text(scenario, runs))
                .in("scenario");
    }

    /** Under Original the story has to end as the mail says; under every other policy, with equal legs. */
    private static boolean asExpected(ScenarioRun run) {
        Outcome outcome = run.outcome();
        return run.policy().equals(Policy.ORIGINAL.name())
                ? !outcome.legsEqual() && outcome.bitAfterCrash().equals("clean") && outcome.twoFilesOneBlock()
                : outcome.legsEqual() && !outcome.twoFilesOneBlock();
    }

    private static List<String> sentences(Outcome outcome) {
        List<String> story = new ArrayList<>();
        story.add("The volume came up with the region's bit " + outcome.bitAfterCrash() + ", and "
                + (outcome.resyncedRegions() == 0 ? "nothing was resynced." : "the region was resynced."));
        story.add(outcome.fsckSawIt() ? "fsck read from the first leg that block " + outcome.ownedByA()
                + " has an owner, and wrote nothing."
                : "fsck read from the first leg that block " + outcome.ownedByA() + " has no owner: the allocation was lost with "
                + "the memory, on both legs alike, and fsck mends that.");
        story.add("The first leg is removed. " + (outcome.twoFilesOneBlock()
                ? "The allocator reads the bitmap from the second leg and hands out block " + outcome.handedOut()
                + ", which already belongs to file A: two files, one block."
                : outcome.fsckSawIt() ? "The allocator reads the bitmap from the second leg and hands out block "
                + outcome.handedOut() + ", which is free." : "The second leg says the same."));
        return story;
    }

    private static String text(Scenario scenario, List<ScenarioRun> runs) {
        StringBuilder text = new StringBuilder(scenario.name() + ": " + scenario.title() + "\n");
        for (ScenarioRun run : runs) {
            text.append("\n").append(run.policy()).append("\n");
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("step", "action", "who", "leg 0", "leg 1", "page", "region", "bit", "what it means"));
            for (PlayedStep step : run.steps()) {
                rows.add(List.of("" + step.number(), step.label().toString(), step.actor(), begin(step.legs().get(0)),
                        begin(step.legs().get(1)), begin(step.page()), step.state() == null ? "-" : step.state(), step.bit(),
                        (step.harm() ? "HARM: " : "") + step.meaning()));
            }
            text.append(new Columns(rows).text(0, 0));
            text.append("  leg 0  ").append(run.outcome().leg0()).append("\n  leg 1  ").append(run.outcome().leg1())
                    .append(run.outcome().legsEqual() ? "\n  the legs are equal\n"
                            : "\n  the legs differ from byte " + run.outcome().differingOffset() + " on\n");
            sentences(run.outcome()).forEach(sentence -> text.append("  ").append(sentence).append('\n'));
        }
        return text.toString();
    }

    private static String begin(String hex) {
        return hex == null ? "-" : hex.substring(0, SHORT);
    }
}
