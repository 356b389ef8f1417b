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

    Optional<PolicyReplay> policy(String name) {
        return policies.stream().filter(replay -> replay.policy().equals(name)).findFirst();
    }

    /** Returns how often steps of this action were performed, all policies together. */
    long stepsOf(String action) {
        return policies.stream().mapToLong(replay -> replay.stepsPerAction().getOrDefault(action, 0L)).sum();
    }
}
