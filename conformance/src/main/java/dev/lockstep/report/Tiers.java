package dev.lockstep.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Works out what became of each tier. A result file that is missing outweighs an audit that says that its tier ran: the
 * report shows nothing that it cannot show the evidence for.
 */
final class Tiers {
    private static final List<String> NAMES = List.of("check", "scenario", "replay", "mutants", "validate", "kill",
            "enumerate", "flakey", "kernel");

    private final Map<String, Optional<List<Finding>>> read = new LinkedHashMap<>();

    Tiers(Optional<CheckResult> check, Optional<ReplayResult> replay, Optional<ScenarioResult> scenario,
            Map<String, CrashResult> crashes) {
        read.put("check", check.map(Finding::of));
        read.put("scenario", scenario.map(Finding::of));
        read.put("replay", replay.map(Finding::of));
        CrashResult.TIERS.forEach(tier -> read.put(tier, Optional.ofNullable(crashes.get(tier))
                .map(crash -> CrashFindings.of(tier, crash, check))));
    }

    /** Returns every tier, given what the audit says of some. */
    List<Tier> list(List<Tier> said) {
        Map<String, Optional<Tier>> tiers = new LinkedHashMap<>();
        NAMES.forEach(name -> tiers.put(name, Optional.empty()));
        said.forEach(tier -> tiers.put(tier.name(), Optional.of(tier)));
        List<Tier> list = new ArrayList<>();
        tiers.forEach((name, tier) -> list.add(tier(name, tier)));
        return List.copyOf(list);
    }

    private Tier tier(String name, Optional<Tier> said) {
        Optional<List<Finding>> findings = read.get(name);
        if (findings == null) {
            return said.orElseGet(() -> new Tier(name, Tier.NOT_RUN, "There is no result of it in the folder."));
        }
        if (findings.isEmpty()) {
            return said.filter(Tier::notRun).orElseGet(() -> new Tier(name, Tier.NOT_RUN,
                    "There is no " + name + ".json in the folder."));
        }
        if (!findings.get().isEmpty()) {
            return new Tier(name, Tier.FINDING, findings.get().get(0).sentence());
        }
        return said.filter(tier -> !tier.notRun()).orElseGet(() -> new Tier(name, Tier.AS_EXPECTED, ""));
    }
}
