package dev.lockstep.crash;

import dev.lockstep.crash.inside.CrashExample;
import dev.lockstep.crash.inside.CycleResult;
import dev.lockstep.log.LogFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up the cycles of one policy. Not thread-safe. */
final class CycleSum {
    /** The policy that every tier has to catch: 2008's, and today's. */
    private static final String MUST_DESYNC = "Original";

    /** More pictures of one policy's desyncs than this say no more. */
    private static final int EXAMPLES = 3;

    private final Map<String, Long> figures = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Long> failedSeeds = new ArrayList<>();
    private final List<CrashExample> examples = new ArrayList<>();
    private long crashes;
    private long desyncs;
    private long lost;
    private long resyncBytes;
    private long voidCuts;
    private String lastVoid = "";

    void add(CycleResult cycle, long seed) {
        crashes += cycle.crashes();
        desyncs += cycle.desyncs();
        lost += cycle.lost();
        resyncBytes += cycle.resyncBytes();
        cycle.example().filter(any -> examples.size() < EXAMPLES).ifPresent(examples::add);
        count("volumes", 1);
        count("in recovery", cycle.inRecovery());
        count("at a named point", cycle.atPoints());
        count("acknowledged", cycle.acknowledged());
        count("mixed blocks", cycle.mixtures());
        count("void", cycle.voidCuts());
        count("one device failed", cycle.failedDevices());
        voidCuts += cycle.voidCuts();
        lastVoid = cycle.voidCuts() > 0 ? cycle.whyVoid() : lastVoid;
        cycle.failures().forEach(failure -> fail(failure, seed));
    }

    /** Something is not as expected. */
    void fail(String sentence, long seed) {
        failures.add(sentence);
        failedSeeds.add(seed);
    }

    long voidCuts() {
        return voidCuts;
    }

    /** {@return why the last void cut was void} */
    String lastVoid() {
        return lastVoid;
    }

    private void count(String name, long more) {
        figures.merge(name, more, Long::sum);
    }

    long cycles() {
        return figures.getOrDefault("volumes", 0L);
    }

    long crashes() {
        return crashes;
    }

    long desyncs() {
        return desyncs;
    }

    boolean failed() {
        return !failures.isEmpty();
    }

    /**
     * What came of all: the seed of a cycle that failed is named, in the command that tries it again.
     *
     * @param caught whether the policy that has to be caught was, on a log of this format or another
     */
    CrashRun run(String tier, String policy, LogFormat format, CrashSettings settings, boolean caught) {
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < failures.size(); i++) {
            sentences.add(failures.get(i) + "; repeat with: java -jar conformance/target/lockstep.jar crash --tier " + tier
                    + " --policy " + policy + " --log-format " + CrashRun.name(format) + " --seed " + failedSeeds.get(i) + " --cycles 1");
        }
        if (policy.equals(MUST_DESYNC) && !caught && settings.cycles() >= settings.policies().size()) {
            sentences.add("this tier proves nothing: no desync was seen under " + MUST_DESYNC + " in " + crashes + " crashes; repeat "
                    + "with: java -jar conformance/target/lockstep.jar crash --tier " + tier + " --policy " + policy + " --seed "
                    + settings.seed());
        }
        return new CrashRun(tier, policy, CrashRun.name(format), crashes, desyncs, lost, resyncBytes, figures, sentences, List.copyOf(examples));
    }
}
