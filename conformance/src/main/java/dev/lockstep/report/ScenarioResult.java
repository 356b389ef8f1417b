package dev.lockstep.report;

import java.util.List;
import java.util.Optional;

/** A named scenario, run under some policies. */
record ScenarioResult(String commit, String scenario, List<ScenarioRun> runs, boolean asExpected,
        List<String> unexpected) {
    static ScenarioResult of(Entry json) {
        return new ScenarioResult(json.text("commit"), json.text("scenario"), json.list("runs", ScenarioRun::of),
                json.flag("asExpected"), json.texts("unexpected"));
    }

    Optional<ScenarioRun> run(String policy) {
        return runs.stream().filter(run -> run.policy().equals(policy)).findFirst();
    }
}
