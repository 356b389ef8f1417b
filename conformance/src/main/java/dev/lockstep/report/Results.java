package dev.lockstep.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The results in a folder, as far as they are there.
 *
 * @param crashes by tier, in the order of the tiers
 * @param auditCommit the commit that audit.json names
 * @param tiers every tier, also those that did not run
 */
record Results(Optional<CheckResult> check, Optional<ReplayResult> replay, Optional<ScenarioResult> scenario,
        Optional<ValidateResult> validate, Map<String, CrashResult> crashes, Optional<String> auditCommit, List<Tier> tiers) {
    /** Reads what is there. */
    static Results read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ReportException(folder + ": expected a folder of results, but there is none");
        }
        Optional<CheckResult> check = file(folder, "check", CheckResult::of);
        Optional<ReplayResult> replay = file(folder, "replay", ReplayResult::of);
        Optional<ScenarioResult> scenario = file(folder, "scenario", ScenarioResult::of);
        Optional<ValidateResult> validate = file(folder, "validate", ValidateResult::of);
        Map<String, CrashResult> crashes = new LinkedHashMap<>();
        CrashResult.TIERS.forEach(tier -> file(folder, tier, CrashResult::of).ifPresent(result -> crashes.put(tier, result)));
        Optional<Entry> audit = file(folder, "audit", Function.identity());
        List<Tier> said = audit.map(json -> json.list("tiers", Tier::of)).orElse(List.of());
        return new Results(check, replay, scenario, validate, Collections.unmodifiableMap(crashes),
                audit.map(json -> json.text("commit")), new Tiers(check, replay, scenario, crashes).list(said));
    }

    private static <T> Optional<T> file(Path folder, String name, Function<Entry, T> read) {
        Path file = folder.resolve(name + ".json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Entry json = Entry.read(file);
        // A verb that could not run says so in its result, which then holds nothing else to be shown.
        boolean ran = !json.maybeText("result").orElse("").equals(Tier.NOT_RUN);
        return ran ? Optional.of(read.apply(json)) : Optional.empty();
    }

    /** Returns what a tier of crashes found. */
    Optional<CrashResult> crash(String tier) {
        return Optional.ofNullable(crashes.get(tier));
    }

    /** Returns the commits that the results name: one, if they belong together. */
    Set<String> commits() {
        Set<String> commits = new LinkedHashSet<>();
        Stream.of(check.map(CheckResult::commit), replay.map(ReplayResult::commit),
                scenario.map(ScenarioResult::commit), validate.map(ValidateResult::commit), auditCommit).flatMap(Optional::stream).forEach(commits::add);
        crashes.values().forEach(crash -> commits.add(crash.commit()));
        return commits;
    }

    /** Returns the hashes of the specification that the results name: one, if they belong together. */
    Set<String> specHashes() {
        Set<String> hashes = new LinkedHashSet<>();
        Stream.of(check.map(CheckResult::specHash), replay.map(ReplayResult::specHash))
                .flatMap(Optional::stream).forEach(hashes::add);
        return hashes;
    }

    /** Returns the policies that the results speak of, in the order in which they do. */
    Set<String> policies() {
        Set<String> policies = new LinkedHashSet<>();
        check.ifPresent(result -> result.models().forEach(model -> policies.add(model.policy())));
        replay.ifPresent(result -> result.policies().forEach(policy -> policies.add(policy.policy())));
        scenario.ifPresent(result -> result.runs().forEach(run -> policies.add(run.policy())));
        CrashResult.OF_POLICIES.forEach(tier -> crash(tier).ifPresent(result ->
                result.runs().forEach(run -> policies.add(run.policy()))));
        policies.remove("");
        return policies;
    }
}
