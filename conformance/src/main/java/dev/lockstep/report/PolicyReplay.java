package dev.lockstep.report;

import java.util.Map;
import java.util.Optional;

/** The replay of one policy's state graph. */
record PolicyReplay(String policy, long edges, long covered, long steps, double stepsPerSecond, long divergences,
        long states, long walks, long forks, long images, double stepsPerEdge, double graphSeconds,
        double suiteSeconds, double replaySeconds, Map<String, Long> stepsPerAction, Optional<Divergence> divergence) {
    static PolicyReplay of(Entry json) {
        return new PolicyReplay(json.text("policy"), json.number("edges"), json.number("covered"),
                json.number("steps"), json.decimal("stepsPerSecond"), json.number("divergences"),
                json.number("states"), json.number("walks"), json.number("forks"), json.number("images"),
                json.decimal("stepsPerEdge"), json.decimal("graphSeconds"), json.decimal("suiteSeconds"),
                json.decimal("replaySeconds"), json.at("stepsPerAction").members(Entry::asLong),
                json.maybe("divergence", Divergence::of));
    }

    boolean complete() {
        return covered == edges;
    }
}
