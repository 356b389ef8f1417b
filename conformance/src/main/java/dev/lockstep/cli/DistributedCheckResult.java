package dev.lockstep.cli;

import dev.lockstep.tlc.DistributedResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code check --distributed} found: the body of its {@code check.json}. The models are as in any other, but
 * without counterexample, its length and the depth (null or 0), for the distributed mode cannot tell them; so is the
 * number of generated states where it cannot be told, see {@link dev.lockstep.tlc.DistributedRun}.
 *
 * @param unexpected how many sentences there are
 * @param tlc how the TLC that judged calls itself
 * @param jar {@code bundled}, or the jar as the user gave it
 * @param specHash see {@link SpecFolder#hash}
 * @param models in the order of their names
 * @param workers how many workers took part, at most, in judging a model
 * @param leftOut names of models that the distributed mode cannot judge
 */
record DistributedCheckResult(int unexpected, String tlc, String jar, String specHash, List<CheckedModel> models,
        int workers, List<String> leftOut) {
    static DistributedCheckResult of(Map<ModelName, DistributedResult> found, List<String> leftOut, Pins pins,
            Optional<Path> jar, String specHash) {
        List<CheckedModel> models = new ArrayList<>();
        found.forEach((name, result) -> {
            Optional<Pin> pin = pins.find(name);
            List<String> unexpected = pin.map(known -> DistributedComparison.of(known, result))
                    .orElseGet(() -> List.of(name.name() + " is not pinned in " + Pins.FILE));
            models.add(new CheckedModel(name.name(), name.module(), name.policy(), name.property(),
                    pin.map(Pin::claim).orElse(""), pin.map(Pin::expected).orElse(""), result.verdict().toString(), null,
                    result.distinctStates(), result.totalStates().orElse(0), 0, result.seconds(), unexpected,
                    List.of(), List.of(), null, null));
        });
        return new DistributedCheckResult(models.stream().mapToInt(model -> model.unexpected().size()).sum(),
                found.values().iterator().next().tlcVersion(), jar.map(Path::toString).orElse("bundled"), specHash,
                List.copyOf(models), found.values().stream().mapToInt(DistributedResult::workers).max().orElse(0),
                List.copyOf(leftOut));
    }

    String text() {
        StringBuilder text = new StringBuilder(
                new CheckText(new CheckResult(unexpected, tlc, jar, specHash, models)).write(false));
        text.append("Judged by TLC's distributed mode with ").append(workers).append(workers == 1 ? " worker" : " workers")
                .append(". It shows no counterexamples: check MODEL does.\n");
        if (models.stream().anyMatch(model -> model.totalStates() == 0)) {
            text.append("Where 0 states were generated, only the workers know how many, or an initial state violates.\n");
        }
        if (!leftOut.isEmpty()) {
            text.append("Left out, because it judges invariants only: ").append(leftOut.size())
                    .append(leftOut.size() == 1 ? " model.\n" : " models.\n");
        }
        return text.toString();
    }
}
