package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.report.Drawing;
import dev.lockstep.scenario.Finding;
import dev.lockstep.scenario.Scenario;
import dev.lockstep.scenario.ScenarioPlayer;
import dev.lockstep.scenario.ScenarioRun;
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
 * The verb {@code explain}: a scenario, played on real files under every policy; a finding: TLC's shortest counterexample,
 * forced on real files if the mirror can be made to do it; any model's counterexample; or a trace. Step by step, as text and drawn,
 * with the bytes that it leaves.
 */
@Command(name = "explain", sortOptions = false,
        description = "Shows step by step how something goes wrong, and on real files what bytes it leaves.")
final class ExplainVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A scenario (" + Scenario.EXT2_BITMAP
            + "), which is played under every policy; a finding, see --list; a model with a counterexample; a trace's ITF file, or its id "
            + "if it is in the folder of the results.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--list", description = "List the scenario and the findings, and what the mirror has to do with each.")
    private boolean list;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw it into this file too; of a scenario, how it went under the first policy. "
            + "Every drawing is also kept beside the result.")
    private Optional<Path> svg = Optional.empty();

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

    @Override
    boolean keepsResult() {
        return !list;
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        return list ? VerbResult.ofText(listed()) : drawn(explained(progress));
    }

    private VerbResult explained(Progress progress) throws IOException {
        String given = name.orElseThrow(() -> new UserMistake("a name was expected: " + Scenario.EXT2_BITMAP + ", " + findings()));
        if (given.equals(Scenario.EXT2_BITMAP)) {
            spec.ifPresent(folder -> {
                throw new UserMistake("--spec " + folder + " is not possible with " + given + ", of which TLC judges nothing");
            });
            return play(Scenario.named(given).orElseThrow(), progress);
        }
        Optional<Finding> finding = Finding.named(given);
        boolean trace = finding.isEmpty() && ExplainedTrace.isMeant(given);
        if (finding.isEmpty() && !trace && !given.contains("_")) {
            throw new UserMistake("there is no scenario " + given + ": " + Scenario.EXT2_BITMAP + " was expected, or a model, or a trace, or "
                    + "one of the findings " + findings());
        }
        try (SpecFolder folder = SpecFolder.open(spec)) {
            if (trace) {
                return ExplainedTrace.explain(given, folder().path(), folder);
            }
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
        try (SpecFolder bundled = SpecFolder.open(Optional.empty())) {
            PlayedScenario played = PlayedScenario.of(scenario, runs, new Teller(bundled));
            return VerbResult.of(played.asExpected() ? Ending.AS_EXPECTED : Ending.FINDING, played, played.text()).in("scenario");
        }
    }

    /** Keeps each drawing beside the result, and the first of them in the file that was asked for. */
    private VerbResult drawn(VerbResult result) {
        List<Drawing> drawings = Drawing.of(result.body().orElseThrow());
        List<String> files = new ArrayList<>();
        for (Drawing drawing : drawings) {
            String file = "explain-" + drawing.name() + ".svg";
            folder().write(file, drawing.svg());
            files.add(folder().path().resolve(file).toString());
        }
        if (svg.isPresent() && drawings.isEmpty()) {
            throw new UserMistake("--svg " + svg.get() + ": there are no steps that could be drawn");
        }
        svg.ifPresent(file -> write(file, drawings.get(0).svg()));
        String text = files.isEmpty() ? "" : "\ndrawn as SVG: " + String.join(", ", files) + "\n";
        return new VerbResult(result.ending(), result.seed(), result.body(), result.file(), result.text() + text);
    }

    private static void write(Path file, String text) {
        try {
            ResultFolder.replace(file.toAbsolutePath(), text);
        } catch (IOException e) {
            throw new UserMistake("the drawing " + file + " cannot be written: " + e, e);
        }
    }
}
