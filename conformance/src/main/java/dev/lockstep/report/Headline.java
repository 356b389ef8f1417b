package dev.lockstep.report;

import static dev.lockstep.report.Tag.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The top of the page: one sentence that says what was found, and a few that say by what. */
final class Headline implements Section {
    /** The policy that has the bug of 2008, and the one that is the mail's idea 4. */
    static final String BUG = "Original";
    static final String REPAIR = "MaybeDirty";
    private static final String PROPERTY = "NoDesync";

    private final ReportInput input;
    private final Results results;
    private final List<Finding> findings;

    Headline(ReportInput input) {
        this.input = input;
        this.results = input.results();
        this.findings = Finding.of(results);
    }

    @Override
    public void write(Html html) {
        html.in("header", () -> {
            html.put(tag("p").css("eyebrow"), "Lockstep audit · commit " + commits());
            html.put("h1", sentence());
            if (!findings.isEmpty()) {
                Parts parts = new Parts(html, input);
                html.in(tag("ul").css("findings"), () -> findings.forEach(finding ->
                        html.in("li", () -> parts.linked(anchor(finding), finding.sentence()))));
            }
            html.put(tag("p").css("lead"), String.join(" ", lead()));
        });
    }

    /** Returns where the page says more about a finding. */
    private Optional<String> anchor(Finding finding) {
        boolean model = results.check().flatMap(check -> check.model(finding.subject())).isPresent();
        boolean replay = results.replay().flatMap(result -> result.policy(finding.subject())).isPresent();
        return switch (finding.tier()) {
            case "check" -> Optional.of(model ? Anchors.model(finding.subject()) : Anchors.VERDICTS);
            case "replay" -> Optional.of(replay ? Anchors.replay(finding.subject()) : Anchors.REPLAY);
            case "scenario" -> Optional.of(Anchors.STEPS);
            case "kill", "enumerate", "flakey", CrashResult.KERNEL -> Optional.of(Anchors.CRASHES);
            default -> Optional.empty();
        };
    }

    private String commits() {
        return results.commits().isEmpty() ? "unknown"
                : results.commits().stream().map(Commit::shortened).collect(Collectors.joining(", "));
    }

    /** Returns the sentence that says what was found. */
    String sentence() {
        if (findings.size() == 1) {
            return "One finding that was not expected";
        }
        if (!findings.isEmpty()) {
            return Text.count(findings.size()) + " findings that were not expected";
        }
        List<String> clauses = clauses();
        List<String> missing = results.tiers().stream().filter(Tier::notRun).map(Tier::name)
                .filter(List.of("check", "scenario", "replay")::contains).toList();
        if (missing.size() == 3) {
            return "Nothing was run: there is no evidence here";
        }
        String found = clauses.isEmpty() ? "What was run ended as expected" : Text.sentence(Text.list(clauses));
        return missing.isEmpty() ? found
                : found.replaceAll("\\.$", "") + "; " + Text.list(missing)
                        + (missing.size() == 1 ? " was NOT RUN." : " were NOT RUN.");
    }

    private List<String> clauses() {
        List<String> clauses = new ArrayList<>();
        results.check().map(Headline::stepsToBug).filter(OptionalLong::isPresent).ifPresent(steps -> clauses.add(
                "TLC finds the bug of 2008 in " + Text.plural(steps.getAsLong(), "step")));
        outcome(BUG).filter(ScenarioRun.Outcome::desync).ifPresent(outcome -> clauses.add(
                (clauses.isEmpty() ? "two real files show the bug of 2008" : "two real files show it")
                        + " byte for byte"));
        outcome(REPAIR).filter(ScenarioRun.Outcome::legsEqual).ifPresent(outcome -> clauses.add(
                "idea 4 survives the same schedule"));
        return clauses;
    }

    private Optional<ScenarioRun.Outcome> outcome(String policy) {
        return results.scenario().flatMap(scenario -> scenario.run(policy)).map(ScenarioRun::outcome);
    }

    /** The bug as the mail tells it has a store in two steps; a model where it is one is a stand-in for that. */
    private static OptionalLong stepsToBug(CheckResult check) {
        return Stream.of(ModelVerdict.STORE_MARK, ModelVerdict.MMAP)
                .flatMap(variant -> check.model(BUG, PROPERTY, variant).stream())
                .flatMapToLong(model -> model.steps().stream()).findFirst();
    }

    private List<String> lead() {
        List<String> lead = new ArrayList<>();
        results.check().ifPresent(check -> {
            long holding = check.models().stream().filter(ModelVerdict::holds).count();
            boolean expected = check.models().stream().allMatch(ModelVerdict::asExpected);
            lead.add("TLC judged " + Text.plural(check.models().size(), "model") + ": " + Text.count(holding)
                    + " hold and " + Text.count(check.models().size() - holding) + " are violated"
                    + (expected ? ", each as pinned." : "."));
            proviso(check).ifPresent(lead::add);
        });
        results.replay().ifPresent(replay -> lead.add(replayed(replay)));
        CrashFindings.inWords(results).ifPresent(lead::add);
        return lead;
    }

    /** Idea 4 is not right as the mail states it: where a store is two steps, the first can escape the sync(). */
    private static Optional<String> proviso(CheckResult check) {
        Optional<ModelVerdict> one = check.model(REPAIR, PROPERTY, ModelVerdict.MMAP).filter(ModelVerdict::holds);
        Optional<ModelVerdict> two = check.model(REPAIR, PROPERTY, ModelVerdict.STORE_MARK)
                .filter(model -> model.steps().isPresent());
        return one.isEmpty() || two.isEmpty() ? Optional.empty()
                : Optional.of("Idea 4 holds where a store marks its page page-dirty in the same step; where it does so "
                        + "in a step of its own, as the mail's ext2 does, it too ends in a desync, in "
                        + Text.plural(two.get().steps().getAsLong(), "step") + ".");
    }

    private String replayed(ReplayResult replay) {
        List<PolicyReplay> graphs = replay.together();
        long edges = graphs.stream().mapToLong(PolicyReplay::edges).sum();
        long covered = graphs.stream().mapToLong(PolicyReplay::covered).sum();
        long steps = replay.policies().stream().mapToLong(PolicyReplay::steps).sum();
        long divergences = replay.policies().stream().mapToLong(PolicyReplay::divergences).sum();
        return "The mirror was made to take " + (covered == edges ? "every one of the " + Text.count(edges)
                        : Text.count(covered) + " of the " + Text.count(edges))
                + " transitions of " + Text.plural(graphs.size(), "state graph") + " (size " + replay.size()
                + ") on real files, with a log in the format " + String.join(", and in the format ", replay.logFormats()) + ", and was compared with the spec after each of " + Text.plural(steps, "step") + ": "
                + Text.plural(divergences, "divergence") + ".";
    }
}
