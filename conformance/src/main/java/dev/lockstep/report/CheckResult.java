package dev.lockstep.report;

import java.util.List;
import java.util.Optional;

/**
 * What {@code check} found.
 *
 * @param tlc version of TLC
 * @param jar "bundled", or the jar that the user gave
 */
record CheckResult(String commit, double seconds, long unexpected, String tlc, String jar, String specHash,
        List<ModelVerdict> models) {
    static CheckResult of(Entry json) {
        return new CheckResult(json.text("commit"), json.decimal("seconds"), json.number("unexpected"),
                json.text("tlc"), json.text("jar"), json.text("specHash"), json.list("models", ModelVerdict::of));
    }

    Optional<ModelVerdict> model(String name) {
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    Optional<ModelVerdict> model(String policy, String property, String variant) {
        return models.stream()
                .filter(model -> model.policy().equals(policy) && model.property().equals(property)
                        && model.variant().equals(variant))
                .findFirst();
    }
}
