package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.replay.Difference;
import dev.lockstep.replay.Divergence;
import dev.lockstep.replay.Shortening;
import dev.lockstep.scenario.Lanes;
import dev.lockstep.suite.ShortestPath;
import dev.lockstep.trace.Label;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Trace;
import dev.lockstep.trace.TraceJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A divergence that a replay has come to, shown once and well: by a short way from a new volume, what differs, where it stands in
 * the spec and in the code, and the command that repeats it.
 */
final class FoundDivergence {
    /** Each attempt makes a volume and performs a path; this many take no longer than a person waits. */
    private static final int ATTEMPTS = 60;
    /** Another mirror may take its time, or hang: then the shortest way is enough. */
    private static final int ATTEMPTS_ON_ANOTHER = 1;

    private final PolicySuite of;
    private final ResultFolder results;
    private final BiFunction<Path, LogFormat, String> repeat;
    private final boolean own;

    /** What a mistake leads to at its worst. */
    @FunctionalInterface
    interface Worst {
        /** Looks for it; it is known of mirrors other than Lockstep's own only. */
        Optional<WorstCase> of(Divergence divergence) throws IOException;
    }

    /**
     * Nothing is shown yet.
     *
     * @param of      what is replayed
     * @param results where the trace is to be kept
     * @param repeat  the command that replays the trace in a file, on a log of a format
     * @param own     whether it is Lockstep's own mirror, of which it is known what carries out an action
     */
    FoundDivergence(PolicySuite of, ResultFolder results, BiFunction<Path, LogFormat, String> repeat, boolean own) {
        this.of = of;
        this.results = results;
        this.repeat = repeat;
        this.own = own;
    }

    /**
     * Shows a divergence.
     *
     * @param divergence as a walk has come to it
     * @param attempt    performs a path from a new volume on
     * @param worst      what it leads to
     */
    ReplayedPolicy.Finding show(StateGraph graph, LogFormat format, Divergence divergence, Shortening.Attempt attempt, Worst worst)
            throws IOException {
        int[] walk = divergence.edges().stream().mapToInt(edge -> edge).toArray();
        Optional<Shortening.Shown> found = Optional.empty();
        if (walk.length > 0) {
            Shortening shortening = new Shortening(graph, new ShortestPath(graph)::to, attempt, own ? ATTEMPTS : ATTEMPTS_ON_ANOTHER);
            found = shortening.of(walk);
            walk = shortening.steps(walk);
        }
        Divergence shown = found.map(Shortening.Shown::divergence).orElse(divergence);
        int[] path = found.map(way -> way.path().stream().mapToInt(edge -> edge).toArray()).orElse(walk);
        List<Difference> differences = new ArrayList<>(shown.differences());
        Optional<WorstCase> leads = divergence.edge() >= 0 && shown.edge() >= 0 ? worst.of(shown) : Optional.empty();
        if (leads.isPresent()) {
            path = leads.get().edges();
            shown = attempt.on(path).orElse(shown);
            differences = new ArrayList<>(shown.differences());
            differences.add(leads.get().difference());
        }
        boolean again = found.isPresent() || leads.isPresent();
        int start = again && path.length > 0 ? graph.source(path[0]) : shown.start();
        Trace trace = of.trace(graph, start, path);
        String file = "divergence-" + trace.id() + ".itf.json";
        results.write(file, Json.text(TraceJson.toJson(trace)));
        List<String> prefix = new ArrayList<>();
        Arrays.stream(path).forEach(edge -> prefix.add(graph.label(edge).toString()));
        Label label = shown.fault().orElse(Label.of("Restart"));
        return new ReplayedPolicy.Finding(trace.id(), path.length, label.toString(), ShownDifference.of(differences), prefix,
                SourceLines.inSpec(of.spec(), label.action()), own ? SourceLines.inCode(label) : null,
                repeat.apply(results.path().resolve(file), format), again, Lanes.of(graph.state(start)),
                new Teller(of.spec()).tell(of.policy().name(), graph, start, path, "After this step the mirror is not as the model says."));
    }
}
