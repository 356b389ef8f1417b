package dev.lockstep.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tier of {@code crash} found.
 *
 * @param recorded what was recorded of it; nothing if nothing was
 */
record CrashResult(String commit, double seconds, long seed, List<CrashFigures> runs, Optional<RecordedTier> recorded) {
    /** The tiers whose crashes are of policies. */
    static final List<String> OF_POLICIES = List.of("kill", "flakey", "enumerate");
    /** The tier that has the kernel's mirror, and an experiment where the others have a policy. */
    static final String KERNEL = "kernel";
    /** All, in the order of the audit. */
    static final List<String> TIERS = List.of("kill", "enumerate", "flakey", KERNEL);

    static CrashResult of(Entry json) {
        return new CrashResult(json.text("commit"), json.decimal("seconds"), json.number("seed"),
                json.list("runs", CrashFigures::of),
                json.maybe("recorded", RecordedTier::of));
    }

    /** Returns what was found of a policy, with logs of all formats together. */
    Optional<CrashFigures> run(String policy) {
        return runs(policy).stream().reduce(CrashFigures::and);
    }

    /** Returns what was found of a policy, with a log of each format. */
    List<CrashFigures> runs(String policy) {
        return runs.stream().filter(run -> run.policy().equals(policy)).toList();
    }

    /** Returns how many crashes there were of each kind of workload with a log of a format, of all policies together. */
    Map<String, Long> workloads(String logFormat) {
        return runs.stream().filter(run -> run.logFormat().equals(logFormat)).map(CrashFigures::workloads).reduce(Map.of(), CrashFigures::sum);
    }

    /** Returns the formats of logs that there were, in the order in which they come. */
    List<String> logFormats() {
        return runs.stream().map(CrashFigures::logFormat).distinct().toList();
    }

    long cycles() {
        return runs.stream().mapToLong(CrashFigures::cycles).sum();
    }

    /** Returns what a crash of this tier is called, so many of them. */
    static String crashes(String tier, long number) {
        return switch (tier) {
            case "kill" -> Text.plural(number, "kill");
            case "enumerate" -> Text.plural(number, "crash state");
            default -> Text.plural(number, "power cut");
        };
    }
}
