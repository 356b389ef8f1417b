package dev.lockstep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Something that is not as expected.
 *
 * @param tier where it was found
 * @param subject the model, policy or tier that it is about; empty if it is about all
 * @param sentence what it is
 */
record Finding(String tier, String subject, String sentence) {
    /** Returns everything in the results that is not as expected. */
    static List<Finding> of(Results results) {
        List<Finding> findings = new ArrayList<>();
        results.check().map(Finding::of).ifPresent(findings::addAll);
        results.scenario().map(Finding::of).ifPresent(findings::addAll);
        results.replay().map(Finding::of).ifPresent(findings::addAll);
        results.crashes().forEach((tier, crash) -> findings.addAll(CrashFindings.of(tier, crash, results.check())));
        for (Tier tier : results.tiers()) {
            if (tier.finding() && findings.stream().noneMatch(finding -> finding.tier().equals(tier.name()))) {
                findings.add(new Finding(tier.name(), tier.name(),
                        tier.why().isEmpty() ? "The tier " + tier.name() + " ended in a finding." : tier.why()));
            }
        }
        oneOnly(findings, "commits", results.commits());
        oneOnly(findings, "specifications", results.specHashes());
        return List.copyOf(findings);
    }

    private static void oneOnly(List<Finding> findings, String what, Set<String> values) {
        if (values.size() > 1) {
            findings.add(new Finding("audit", "", "The results are of different " + what + ": "
                    + String.join(" and ", values) + "."));
        }
    }

    /** Returns what is not as expected among the verdicts. */
    static List<Finding> of(CheckResult check) {
        List<Finding> findings = new ArrayList<>();
        for (ModelVerdict model : check.models()) {
            model.unexpected().forEach(sentence -> findings.add(new Finding("check", model.name(), sentence)));
            if (model.unexpected().isEmpty() && !model.asExpected()) {
                findings.add(new Finding("check", model.name(), "The model " + model.name() + " was expected to end in "
                        + model.expected() + ", and ended in " + model.verdict() + "."));
            }
        }
        if (check.unexpected() > 0 && findings.isEmpty()) {
            findings.add(new Finding("check", "", "check counts " + check.unexpected()
                    + " unexpected verdicts, but says of no model what is unexpected."));
        }
        return findings;
    }

    /** Returns what is not as expected in the replay. */
    static List<Finding> of(ReplayResult replay) {
        List<Finding> findings = new ArrayList<>();
        for (PolicyReplay policy : replay.policies()) {
            if (policy.divergences() > 0) {
                findings.add(new Finding("replay", policy.policy(), divergence(policy)));
            }
            if (!policy.complete()) {
                findings.add(new Finding("replay", policy.policy(), "Of the " + Text.count(policy.edges())
                        + " edges of " + policy.policy() + " on a " + policy.logFormat() + " log, only " + Text.count(policy.covered())
                        + " were replayed."));
            }
        }
        return findings;
    }

    private static String divergence(PolicyReplay policy) {
        String count = Text.plural(policy.divergences(), "divergence") + " under " + policy.policy() + " on a " + policy.logFormat() + " log";
        return policy.divergence()
                .map(first -> count + "; the first at " + first.action() + ", step " + first.step() + " of trace "
                        + first.trace() + ".")
                .orElse(count + ".");
    }

    /** Returns what is not as expected in the scenario. A sentence that names one policy is about its run. */
    static List<Finding> of(ScenarioResult scenario) {
        List<Finding> findings = new ArrayList<>();
        for (String sentence : scenario.unexpected()) {
            List<String> named = scenario.runs().stream().map(ScenarioRun::policy).filter(sentence::contains).toList();
            findings.add(new Finding("scenario", named.size() == 1 ? named.get(0) : "", sentence));
        }
        if (!scenario.asExpected() && findings.isEmpty()) {
            findings.add(new Finding("scenario", "", "The scenario " + scenario.scenario()
                    + " did not end as expected."));
        }
        return findings;
    }
}
