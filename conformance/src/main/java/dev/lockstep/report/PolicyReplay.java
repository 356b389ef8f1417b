package dev.lockstep.report;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The replay of one policy's state graph.
 *
 * @param logFormat the log's format: "hardened" or "dm"
 */
record PolicyReplay(String policy, String logFormat, long edges, long covered, long steps, double stepsPerSecond, long divergences,
        long states, long walks, long forks, long images, double stepsPerEdge, double graphSeconds,
        double suiteSeconds, double replaySeconds, Map<String, Long> stepsPerAction, Optional<Divergence> divergence) {
    static PolicyReplay of(Entry json) {
        return new PolicyReplay(json.text("policy"), json.text("logFormat"), json.number("edges"), json.number("covered"),
                json.number("steps"), json.decimal("stepsPerSecond"), json.number("divergences"),
                json.number("states"), json.number("walks"), json.number("forks"), json.number("images"),
                json.decimal("stepsPerEdge"), json.decimal("graphSeconds"), json.decimal("suiteSeconds"),
                json.decimal("replaySeconds"), json.at("stepsPerAction").members(Entry::asLong),
                json.maybe("divergence", Divergence::of));
    }

    boolean complete() {
        return covered == edges;
    }

    /** Returns this and the replay of the same graph on a log of another format as one: what the worse of them covers, and all steps. */
    PolicyReplay and(PolicyReplay other) {
        Map<String, Long> all = new TreeMap<>(stepsPerAction);
        other.stepsPerAction.forEach((action, more) -> all.merge(action, more, Long::sum));
        return new PolicyReplay(policy, logFormat + ", " + other.logFormat, edges, Math.min(covered, other.covered), steps + other.steps,
                stepsPerSecond, divergences + other.divergences, states, walks, forks + other.forks, images + other.images, stepsPerEdge,
                graphSeconds, suiteSeconds, replaySeconds + other.replaySeconds, all, divergence.or(other::divergence));
    }
}
