package dev.lockstep.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of how a suite is made and performed. */
final class SuiteOptions {
    private static final int MOST_THREADS = 64;

    @Option(names = "--shard", paramLabel = "I/N", description = "Only the I-th of N shards of each suite: they have no walk in common, and "
            + "all of them together are the suite.")
    private Optional<String> shard = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Explore a graph with so many of TLC's workers, and "
            + "perform its suite in so many parts at a time, each on a mirror and files of its own (default: ${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(names = "--cache", paramLabel = "DIR", description = "Keep graphs and suites in this folder, and use those that it has of the "
            + "same spec, model and TLC.")
    private Optional<Path> cache = Optional.empty();

    @Option(names = "--list", description = "Perform nothing: print a line for each walk, its trace's id, steps and forks.")
    private boolean list;

    @Option(names = "--export", paramLabel = "ID", description = "Perform nothing: write the trace of this id, of a walk or of the way to one of "
            + "its crashes, into --out as an ITF file.")
    private Optional<String> export = Optional.empty();

    Shard shard() {
        return shard.map(Shard::parse).orElse(Shard.WHOLE);
    }

    int threads() {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new UserMistake("--threads " + threads + " is no number of threads; 1 to " + MOST_THREADS + " is expected");
        }
        return threads;
    }

    Optional<SuiteCache> cache() {
        return cache.map(SuiteCache::new);
    }

    boolean list() {
        return list;
    }

    Optional<String> export() {
        return export;
    }

    /** Whether a suite is wanted for its traces, and not to be performed. */
    boolean onlyTraces() {
        return list || export.isPresent();
    }

    /** Whether something was asked for that a single trace has no use for. */
    boolean areOfSuites() {
        return shard.isPresent() || cache.isPresent() || onlyTraces();
    }
}
