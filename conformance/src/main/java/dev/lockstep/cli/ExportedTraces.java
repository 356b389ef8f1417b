package dev.lockstep.cli;

import dev.lockstep.suite.Suite;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Trace;
import dev.lockstep.trace.TraceJson;
import java.io.IOException;
import java.util.Optional;

/** What {@code replay --list} and {@code replay --export} are asked for: which traces there are, and one of them as a file. */
final class ExportedTraces {
    private final SuiteOptions asked;
    private final ResultFolder results;
    private final StringBuilder text = new StringBuilder();
    private boolean found;

    ExportedTraces(SuiteOptions asked, ResultFolder results) {
        this.asked = asked;
        this.results = results;
    }

    /** Looks at a policy's suite. */
    void look(PolicySuite of, StateGraph graph, Suite suite) throws IOException {
        SuiteTraces traces = new SuiteTraces(graph, suite, of.hashes(graph));
        if (asked.list()) {
            text.append(traces.list());
        }
        Optional<SuiteTraces.Path> path = found ? Optional.empty() : asked.export().flatMap(traces::find);
        if (path.isPresent()) {
            found = true;
            Trace trace = of.trace(graph, path.get().start(), path.get().edges());
            String file = "trace-" + trace.id() + ".itf.json";
            results.write(file, Json.text(TraceJson.toJson(trace)));
            text.append("trace ").append(trace.id()).append(": ").append(trace.steps().size()).append(" steps, in ")
                    .append(results.path().resolve(file)).append('\n');
        }
    }

    /**
     * {@return what is to be printed}
     *
     * @throws UserMistake if no suite has the trace that is wanted
     */
    String text() {
        if (asked.export().isPresent() && !found) {
            throw new UserMistake("no suite that was looked at has a trace " + asked.export().get() + ": an id that --list prints, or that of the "
                    + "way to a crash, is expected, with the same size, policy and environment");
        }
        return text.toString();
    }
}
