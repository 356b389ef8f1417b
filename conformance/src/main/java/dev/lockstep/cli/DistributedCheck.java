package dev.lockstep.cli;

import dev.lockstep.tlc.DistributedResult;
import dev.lockstep.tlc.DistributedRun;
import dev.lockstep.tlc.DistributedSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code check --distributed}: the models that TLC's distributed mode can judge, one after another. */
final class DistributedCheck {
    private final SpecFolder spec;
    private final DistributedSettings settings;
    private final Progress progress;

    DistributedCheck(SpecFolder spec, DistributedSettings settings, Progress progress) {
        this.spec = spec;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Judges models and compares the verdicts with the pins.
     *
     * @param given what the user named, see {@link ModelChoice}; a model that cannot be judged is a mistake if its whole
     *     name was given, and is left out otherwise
     */
    VerbResult run(List<String> given, Pins pins, Optional<Path> jar) throws IOException {
        List<ModelName> judged = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (ModelName model : new ModelChoice(spec.models()).find(given)) {
            if (DistributedRun.canJudge(spec.model(model))) {
                judged.add(model);
            } else if (given.stream().anyMatch(one -> one.replaceFirst("\\.cfg$", "").equals(model.name()))) {
                throw cannot(model.name());
            } else {
                leftOut.add(model.name());
            }
        }
        if (judged.isEmpty()) {
            throw cannot(leftOut.get(0));
        }
        Map<ModelName, DistributedResult> found = new LinkedHashMap<>();
        DistributedRun run = new DistributedRun(settings);
        for (ModelName model : judged) {
            String place = "check --distributed " + found.size() + "/" + judged.size() + "  " + model.name();
            found.put(model, run.judge(spec.model(model), listener(place)));
        }
        DistributedCheckResult result = DistributedCheckResult.of(found, leftOut, pins, jar, spec.hash());
        return VerbResult.of(result.unexpected() == 0 ? Ending.AS_EXPECTED : Ending.FINDING, result, result.text());
    }

    private static UserMistake cannot(String model) {
        return new UserMistake("the model " + model + " cannot be judged with --distributed: one that judges invariants "
                + "only was expected, for TLC's distributed mode looks at no other property");
    }

    private DistributedRun.Listener listener(String place) {
        progress.show(place);
        return new DistributedRun.Listener() {
            @Override
            public void waiting(int port) {
                settings.address().ifPresentOrElse(
                        address -> progress.show("waiting for: check --worker " + address + ":" + port),
                        () -> progress.show(place));
            }

            @Override
            public void joined(int workers) {
                progress.show(place + "  workers: " + workers);
            }

            @Override
            public void progress(String line) {
                progress.show(place + "  " + line.replaceFirst(".* at [-0-9]+ [:0-9]+: ", ""));
            }
        };
    }
}
