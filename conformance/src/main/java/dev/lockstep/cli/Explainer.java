package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.scenario.CounterexamplePlayer;
import dev.lockstep.scenario.Finding;
import dev.lockstep.scenario.ForcedRun;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.tlc.Counterexample;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.tlc.TlcDistribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Explains a finding, or any model with a counterexample: TLC gives the steps, and those of a finding may be forced. */
final class Explainer {
    private final SpecFolder spec;
    private final boolean bundled;
    private final Judge judge;
    private final Progress progress;

    /** Finds the counterexample of a model. */
    @FunctionalInterface
    interface Judge {
        /** The bundled TLC, in a JVM that is started for it. */
        Judge TLC = (spec, model, pins, progress) ->
                new TlcRuns(TlcDistribution.bundled(), 1, progress).judge(spec, List.of(model), pins, false).get(model);

        ModelResult judge(SpecFolder spec, ModelName model, Pins pins, Progress progress);
    }

    /**
     * Explains by this spec.
     *
     * @param bundled whether it is the one that comes with Lockstep, so that what is pinned is true of it
     */
    Explainer(SpecFolder spec, boolean bundled, Judge judge, Progress progress) {
        this.spec = spec;
        this.bundled = bundled;
        this.judge = judge;
        this.progress = progress;
    }

    /** Explains a finding. */
    VerbResult explain(Finding finding) throws IOException {
        ModelName model = ModelName.of(finding.model());
        if (!spec.models().contains(model)) {
            throw new UserMistake("there is no model " + model.name() + " in " + spec.path() + ": " + finding.name()
                    + " is its counterexample");
        }
        return explain(model, Optional.of(finding));
    }

    /**
     * Explains a model, which may be that of a finding.
     *
     * @param given the model's name, or enough of it
     */
    VerbResult explain(String given) throws IOException {
        List<ModelName> meant = new ModelChoice(spec.models()).find(List.of(given));
        if (meant.size() > 1) {
            throw new UserMistake(given + " means " + meant.size() + " models, such as " + meant.get(0).name() + ": one was expected");
        }
        ModelName model = meant.get(0);
        return explain(model, Finding.all().stream().filter(finding -> finding.model().equals(model.name())).findFirst());
    }

    private VerbResult explain(ModelName model, Optional<Finding> finding) throws IOException {
        Pins pins = Pins.readIfThere(spec);
        if (finding.isEmpty() && bundled && pins.find(model).filter(Pin::holds).isPresent()) {
            throw holds(model);
        }
        ModelResult result = judge.judge(spec, model, pins, progress);
        if (finding.isEmpty() && result.counterexample().isEmpty()) {
            throw holds(model);
        }
        Optional<ForcedRun> run = Optional.empty();
        if (finding.isPresent() && finding.get().status() == Finding.Status.FORCED && result.counterexample().isPresent()) {
            run = Optional.of(force(model, result.counterexample().get()));
        }
        Explained explained = Explained.of(finding, model, result, new Teller(spec), run);
        return VerbResult.of(explained.unexpected().isEmpty() ? Ending.AS_EXPECTED : Ending.FINDING, explained,
                new ExplainedText(explained, run).write());
    }

    private static UserMistake holds(ModelName model) {
        return new UserMistake("the model " + model.name() + " holds: one with a counterexample was expected");
    }

    private ForcedRun force(ModelName model, Counterexample counterexample) throws IOException {
        progress.show("the steps of " + model.name() + ", on the mirror");
        Policy policy = Policy.named(model.policy()).orElseThrow(() -> new UserMistake("the mirror has no policy of the model "
                + model.name() + ", and its steps cannot be forced on it"));
        return CounterexamplePlayer.play(counterexample, model.property(), policy,
                Surroundings.ofModel(spec.model(model).configuration()),
                Path.of(System.getProperty("java.io.tmpdir")));
    }
}
