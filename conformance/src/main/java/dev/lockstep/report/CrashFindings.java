package dev.lockstep.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is not as expected among the crashes. What a tier says of itself comes first; where it says nothing, its figures are
 * held against what TLC says of the policy.
 */
final class CrashFindings {
    private static final String PROPERTY = "NoDesync";

    private CrashFindings() {
    }

    /** Returns what is not as expected in a tier. */
    static List<Finding> of(String tier, CrashResult crash, Optional<CheckResult> check) {
        List<Finding> findings = new ArrayList<>();
        if (crash.runs().isEmpty()) {
            findings.add(new Finding(tier, "", "The tier " + tier + " ran, and there was nothing in its runs."));
        }
        for (CrashFigures run : crash.runs()) {
            List<String> sentences = new ArrayList<>(run.failures());
            if (sentences.isEmpty()) {
                sentences.addAll(byFigures(tier, crash, run, check));
            }
            String about = run.policy() + ": ";
            sentences.forEach(sentence -> findings.add(new Finding(tier, run.policy(),
                    sentence.startsWith(about) ? sentence : about + sentence)));
        }
        crash.recorded().ifPresent(recorded -> findings.addAll(recorded(tier, recorded)));
        return findings;
    }

    private static List<Finding> recorded(String tier, RecordedTier recorded) {
        if (recorded.findings().isEmpty() && recorded.rejected() + recorded.cutShort() > 0) {
            return List.of(new Finding(tier, "", "The tier " + tier + " counts recordings that are rejected or cut short, and says of none what is wrong."));
        }
        return recorded.findings().stream().map(sentence -> new Finding(tier, "", sentence)).toList();
    }

    private static List<String> byFigures(String tier, CrashResult crash, CrashFigures run, Optional<CheckResult> check) {
        List<String> sentences = new ArrayList<>();
        if (run.lostAcknowledged() > 0) {
            sentences.add("something acknowledged was lost in " + Text.count(run.lostAcknowledged()) + " of "
                    + CrashResult.crashes(tier, run.cycles()));
        }
        if (CrashResult.OF_POLICIES.contains(tier)) {
            if (run.desyncs() > 0 && !mayDesync(run.policy(), check)) {
                sentences.add("the legs differ under a clean bit after " + Text.count(run.desyncs()) + " of "
                        + CrashResult.crashes(tier, run.cycles()));
            }
            CrashFigures onAllLogs = crash.run(run.policy()).orElse(run);
            if (onAllLogs.desyncs() == 0 && run.policy().equals(Headline.BUG)) {
                sentences.add("no desync after " + CrashResult.crashes(tier, onAllLogs.cycles()) + ": the tier " + tier
                        + " proves nothing");
            }
        }
        return sentences;
    }

    /** The crash tiers store into pages as programs do through mmap: what TLC says of that is what is to be expected. */
    static Optional<ModelVerdict> verdict(String policy, Optional<CheckResult> check) {
        return check.flatMap(result -> result.model(policy, PROPERTY, ModelVerdict.MMAP));
    }

    private static boolean mayDesync(String policy, Optional<CheckResult> check) {
        return verdict(policy, check).map(model -> model.expected().equals("violated")).orElse(policy.equals(Headline.BUG));
    }

    /** Returns what the crashes of policies have shown, all together, as a sentence; nothing if there were none. */
    static Optional<String> inWords(Results results) {
        List<String> crashes = new ArrayList<>();
        Set<String> desynced = new LinkedHashSet<>();
        long lost = 0;
        for (String tier : CrashResult.OF_POLICIES) {
            Optional<CrashResult> crash = results.crash(tier);
            if (crash.isPresent()) {
                crashes.add(CrashResult.crashes(tier, crash.get().cycles()));
                crash.get().runs().stream().filter(run -> run.desyncs() > 0).forEach(run -> desynced.add(run.policy()));
                lost += crash.get().runs().stream().mapToLong(CrashFigures::lostAcknowledged).sum();
            }
        }
        return crashes.isEmpty() ? Optional.empty() : Optional.of("After " + Text.list(crashes) + " the legs differed under "
                + (desynced.isEmpty() ? "no policy" : Text.list(List.copyOf(desynced)) + " alone") + ", and "
                + (lost == 0 ? "nothing acknowledged was lost." : "something acknowledged was lost after " + Text.count(lost) + "."));
    }
}
