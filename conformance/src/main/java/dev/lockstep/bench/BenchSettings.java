package dev.lockstep.bench;

import dev.lockstep.region.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is to be measured, and how.
 *
 * @param blocks       the lengths of a write, in bytes
 * @param policies     the policies, NeverClean among them
 * @param rounds       how many rounds of each load
 * @param warmUpWrites how many writes are made before the first is measured, with 1 and with 16 in flight
 * @param measureNanos how long one target is to be measured in a round with one write in flight, in nanoseconds; with many it takes longer
 * @param seed         what the random orders are made from
 * @param folder       where the files go; it is empty
 * @param progress     told how far it is
 */
public record BenchSettings(List<Integer> blocks, List<Policy> policies, int rounds, int warmUpWrites, long measureNanos, long seed, Path folder,
        Consumer<String> progress) {
}
