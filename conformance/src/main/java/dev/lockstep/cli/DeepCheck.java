package dev.lockstep.cli;

import dev.lockstep.tlc.DeepResult;
import dev.lockstep.tlc.DeepRun;
import dev.lockstep.tlc.SpecException;
import dev.lockstep.tlc.TlcDistribution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code check --deep}: the large models, one after another, each for its part of the time. */
final class DeepCheck {
    private final SpecFolder spec;
    private final Duration time;
    private final DeepRun run;
    private final Progress progress;

    DeepCheck(SpecFolder spec, TlcDistribution tlc, Duration time, int processors, Progress progress) {
        this.spec = spec;
        this.time = time;
        this.run = new DeepRun(tlc, processors);
        this.progress = progress;
    }

    /**
     * Judges models.
     *
     * @param given what the user named, see {@link ModelChoice}
     */
    VerbResult run(List<String> given, Optional<Path> jar) throws IOException {
        List<ModelName> all = spec.deepModels();
        if (all.isEmpty()) {
            throw new UserMistake("there is no large model in the spec: files named MODULE_..._PROPERTY.deep were "
                    + "expected");
        }
        List<ModelName> models = new ModelChoice(all).find(given);
        List<DeepModel> found = new ArrayList<>();
        String tlc = "";
        long end = System.nanoTime() + time.toNanos();
        for (ModelName model : models) {
            // What one that is complete early leaves over is the others'.
            long part = Math.max(1, (end - System.nanoTime()) / (models.size() - found.size()));
            DeepResult result = judge(model, Duration.ofNanos(part), found.size() + "/" + models.size());
            tlc = result.tlcVersion();
            found.add(DeepModel.of(model, result, new Teller(spec)));
        }
        DeepCheckResult result = DeepCheckResult.of(found, tlc, jar, spec.hash());
        return VerbResult.of(result.unexpected() == 0 ? Ending.AS_EXPECTED : Ending.FINDING, result,
                new DeepText(result).write());
    }

    private DeepResult judge(ModelName model, Duration part, String place) throws IOException {
        progress.show("check --deep " + place + "  " + model.name());
        try {
            return run.judge(spec.deepModel(model), part, figures -> progress.show(String.format(Locale.ROOT,
                    "check --deep %s  depth %d, %,d states  %s", place, figures.depth(), figures.distinctStates(),
                    model.name())));
        } catch (SpecException e) {
            // TLC was given the model under the only kind of name that it accepts.
            throw new UserMistake(e.getMessage().replace(model.name() + ".cfg", model.name() + ".deep"), e);
        }
    }
}
