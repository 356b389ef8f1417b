package dev.lockstep.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code check --deep} found: the body of its {@code check.json}.
 *
 * @param unexpected how many models are violated
 * @param tlc how the TLC that judged calls itself
 * @param jar {@code bundled}, or the jar as the user gave it
 * @param specHash see {@link SpecFolder#hash}
 * @param models none: those are the ordinary models
 * @param deep in the order of their names
 */
record DeepCheckResult(int unexpected, String tlc, String jar, String specHash, List<CheckedModel> models,
        List<DeepModel> deep) {
    static DeepCheckResult of(List<DeepModel> deep, String tlc, Optional<Path> jar, String specHash) {
        return new DeepCheckResult((int) deep.stream().filter(DeepModel::violated).count(), tlc,
                jar.map(Path::toString).orElse("bundled"), specHash, List.of(), List.copyOf(deep));
    }
}
