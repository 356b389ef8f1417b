package dev.lockstep.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A scenario under one policy: its steps, the same to be drawn, and how it ended. */
record ScenarioRun(String policy, List<ScenarioStep> steps, Optional<Diagram> diagram, Outcome outcome) {
    /**
     * How it ended, after the crash and opening the volume again.
     *
     * @param differingOffset where the legs first differ, if they do
     * @param resyncedRegions how many regions opening the volume copied
     * @param story sentences
     * @param twoFilesOneBlock whether the allocator handed out a block that had an owner
     */
    record Outcome(boolean legsEqual, String bitAfterCrash, Bytes leg0, Bytes leg1, OptionalLong differingOffset,
            long resyncedRegions, List<String> story, boolean twoFilesOneBlock) {
        static Outcome of(Entry json) {
            return new Outcome(json.flag("legsEqual"), json.text("bitAfterCrash"), Bytes.of(json.at("leg0")),
                    Bytes.of(json.at("leg1")), json.maybeNumber("differingOffset"), json.number("resyncedRegions"),
                    json.texts("story"), json.flag("twoFilesOneBlock"));
        }

        /** Whether this is the bug: legs that differ in a region whose bit says clean. */
        boolean desync() {
            return !legsEqual && bitAfterCrash.equals("clean");
        }
    }

    static ScenarioRun of(Entry json) {
        return new ScenarioRun(json.text("policy"), json.list("steps", ScenarioStep::of), Diagram.of(json, "steps", "loop"),
                Outcome.of(json.at("outcome")));
    }
}
