package dev.lockstep.cli;

import dev.lockstep.region.Policy;
import dev.lockstep.suite.SuiteGenerator;
import dev.lockstep.sut.Size;
import dev.lockstep.sut.Surroundings;
import dev.lockstep.tlc.Model;
import dev.lockstep.trace.GraphHashes;
import dev.lockstep.trace.StateGraph;
import dev.lockstep.trace.Trace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is replayed of one policy at one size: its graph, and the suite that covers it.
 *
 * @param spec   the spec
 * @param policy the policy
 * @param size   the model's size
 * @param more   what happens beside what always does: {@link ReplayModel#MORE}
 */
record PolicySuite(SpecFolder spec, Policy policy, Size size, List<String> more) {

    /** Keeps a copy of the list. */
    PolicySuite {
        more = List.copyOf(more);
    }

    /**
     * The policy's state graph.
     *
     * @param graph   the graph
     * @param suite   the suite, if it was kept with the graph
     * @param seconds how long it took to be explored, or read
     */
    record Explored(StateGraph graph, Optional<SuiteGenerator.Measured> suite, double seconds) {
        /** A graph that no suite was made for. */
        Explored(StateGraph graph, double seconds) {
            this(graph, Optional.empty(), seconds);
        }
    }

    Model model() {
        return ReplayModel.of(spec, policy, size, more);
    }

    Surroundings surroundings() {
        return ReplayModel.surroundings(more);
    }

    /**
     * Takes graph and suite from a cache, if it has them; else has the graph explored. May be called on another thread than the rest.
     *
     * @param explorer gives a model's state graph
     */
    Explored explored(Function<Model, StateGraph> explorer, Optional<SuiteCache> cache) throws IOException {
        Stopwatch time = new Stopwatch();
        if (cache.isPresent()) {
            Optional<SuiteCache.Kept> kept = cache.get().read(model(), spec.hash());
            if (kept.isPresent()) {
                return new Explored(kept.get().graph(), Optional.of(kept.get().measured()), time.seconds());
            }
        }
        return new Explored(explorer.apply(model()), time.seconds());
    }

    /** Makes a suite that covers every edge, unless there is one already, and has it kept. */
    SuiteGenerator.Measured suite(Explored explored, Optional<SuiteCache> cache, Progress progress) throws IOException {
        if (explored.suite().isPresent()) {
            return explored.suite().get();
        }
        progress.show("replay " + policy.name() + "  a suite for " + explored.graph().edgeCount() + " edges");
        SuiteGenerator.Measured measured;
        try {
            measured = SuiteGenerator.measured(explored.graph(), PreparedSuite::isCrash);
        } catch (IllegalArgumentException e) {
            throw misfit(e);
        }
        if (cache.isPresent()) {
            cache.get().write(model(), spec.hash(), new SuiteCache.Kept(explored.graph(), measured));
        }
        return measured;
    }

    UserMistake misfit(IllegalArgumentException reason) {
        return new UserMistake("the spec in " + spec.path() + " is not one of this mirror: " + reason.getMessage(), reason);
    }

    /** {@return the ids of all that a graph's traces can be made of} */
    GraphHashes hashes(StateGraph graph) throws IOException {
        return new GraphHashes(graph, spec.hash(), policy.name(), size.toString());
    }

    /** {@return what tells a suite from others} */
    SuiteManifest manifest(StateGraph graph, SuiteGenerator.Measured measured) throws IOException {
        return SuiteManifest.of(policy.name(), graph, measured, hashes(graph));
    }

    /** {@return a path of the graph as a trace} */
    Trace trace(StateGraph graph, int start, int... edges) throws IOException {
        return graph.trace(spec.hash(), policy.name(), size.toString(), start, edges);
    }
}
