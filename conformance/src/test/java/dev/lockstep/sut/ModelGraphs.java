package dev.lockstep.sut;

import dev.lockstep.region.Policy;
import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.TlcGraph;
import dev.lockstep.trace.StateGraph;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The state graphs of the models of 1 region of 1 block on 2 legs, each explored once for all tests. */
public final class ModelGraphs {
    /** The spec. */
    public static final Path SPEC = Path.of("..", "spec");
    private static final Map<String, StateGraph> EXPLORED = new ConcurrentHashMap<>();

    private ModelGraphs() {
    }

    /** Returns the graph in which a store marks its page in the same step: the smaller one. */
    public static StateGraph oneStep(Policy policy) {
        return explored(policy, Storing.MMAP);
    }

    /** Returns the graph in which a store and its mark are two steps. */
    public static StateGraph twoSteps(Policy policy) {
        return explored(policy, Storing.STORE_MARK);
    }

    private static StateGraph explored(Policy policy, Storing storing) {
        return EXPLORED.computeIfAbsent(policy.name() + "_" + storing,
                name -> TlcGraph.explore(new Model(name, SPEC, "MCMirror", MirrorConstants.of(policy, Size.SMALLEST, storing)), Duration.ofMinutes(5)));
    }
}
