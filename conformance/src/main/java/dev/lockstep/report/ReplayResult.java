package dev.lockstep.report;

import java.util.List;
import java.util.Optional;

/**
 * What {@code replay} found.
 *
 * @param folder where the leg files lay: "tmpfs" or "disk"
 */
record ReplayResult(String commit, double seconds, String size, String specHash, String folder,
        List<PolicyReplay> policies) {
    static ReplayResult of(Entry json) {
        return new ReplayResult(json.text("commit"), json.decimal("seconds"), json.text("size"), json.text("specHash"),
                json.text("folder"), json.list("policies", PolicyReplay::of));
    }

    /** Returns the replay of a policy, on all formats of a log together. */
    Optional<PolicyReplay> policy(String name) {
        return policies.stream().filter(replay -> replay.policy().equals(name)).reduce(PolicyReplay::and);
    }

    /** Returns the replay of each policy, on all formats of a log together. */
    List<PolicyReplay> together() {
        return policies.stream().map(PolicyReplay::policy).distinct().map(name -> policy(name).orElseThrow()).toList();
    }

    /** Returns the formats of a log that were replayed. */
    List<String> logFormats() {
        return policies.stream().map(PolicyReplay::logFormat).distinct().toList();
    }

    /** Returns how often steps of this action were performed, all policies and formats together. */
    long stepsOf(String action) {
        return policies.stream().mapToLong(replay -> replay.stepsPerAction().getOrDefault(action, 0L)).sum();
    }
}
