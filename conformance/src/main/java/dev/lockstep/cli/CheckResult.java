package dev.lockstep.cli;

import dev.lockstep.tlc.ModelResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code check} found: the body of {@code check.json}.
 *
 * @param unexpected how many sentences there are
 * @param tlc how the TLC that judged calls itself
 * @param jar {@code bundled}, or the jar as the user gave it
 * @param specHash see {@link SpecFolder#hash}
 * @param models in the order of their names
 */
record CheckResult(int unexpected, String tlc, String jar, String specHash, List<CheckedModel> models) {
    static CheckResult of(Map<ModelName, ModelResult> found, Pins pins, Optional<Path> jar, String specHash,
            Teller teller) {
        List<CheckedModel> models = new ArrayList<>();
        found.forEach((name, result) -> {
            Optional<Pin> pin = pins.find(name);
            List<String> unexpected = pin.map(known -> PinComparison.of(known, result, jar.isEmpty()))
                    .orElseGet(() -> List.of(name.name() + " is not pinned in " + Pins.FILE));
            models.add(CheckedModel.of(name, result, pin, unexpected, teller));
        });
        String tlc = found.values().iterator().next().tlcVersion();
        return new CheckResult(models.stream().mapToInt(model -> model.unexpected().size()).sum(), tlc,
                jar.map(Path::toString).orElse("bundled"), specHash, List.copyOf(models));
    }
}
