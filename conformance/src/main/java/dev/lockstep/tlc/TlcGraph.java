package dev.lockstep.tlc;

import dev.lockstep.trace.StateGraph;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The state graph of a model, from unmodified TLC in this JVM.
 *
 * <p>Every state and every step is in it, also steps that lead back to where they start, and different actions that
 * make the same step. A label has the action's name as TLC sees it (the innermost definition that consists of more than
 * the use of another one) and its arguments. States are numbered in the order of TLC's breadth-first search with one
 * worker, however many there are, variables in the order of their declaration: the same model gives the same graph.
 *
 * <p>Thread-safe: each exploration has TLC's classes for itself. It prints nothing, and leaves no file and no thread
 * behind (an exploration that was given up may leave a daemon thread until TLC's next step, and RMI's daemon threads
 * stay). TLC ends the JVM with exit code 1 if it cannot write its queue of states to the temporary folder; nothing else
 * in it does.
 */
public final class TlcGraph {
    private TlcGraph() {
    }

    /**
     * Explores a model.
     *
     * @param directory see {@link Model#directory}
     * @param module see {@link Model#module}
     * @param configuration see {@link Model#read}
     * @param watchdog see {@link #explore(Model, Duration)}
     * @return the graph
     * @throws TlcException see {@link #explore(Model, Duration)}
     */
    public static StateGraph explore(Path directory, String module, Path configuration, Duration watchdog) {
        return explore(Model.read(directory, module, configuration), watchdog);
    }

    /**
     * Explores a model.
     *
     * @param model its configuration must have neither SYMMETRY nor VIEW; invariants and properties in it are passed
     *     over
     * @param watchdog how long it may take
     * @return the graph
     * @throws SpecException if the spec or its configuration is wrong, or an action is written so that TLC does not
     *     tell its name or its arguments
     * @throws TlcException if it takes longer than the watchdog allows, or this thread is interrupted (and is so again)
     */
    public static StateGraph explore(Model model, Duration watchdog) {
        return explore(model, watchdog, 1);
    }

    /**
     * Explores a model with several of TLC's workers at the same time. The graph is the same, all numbers included.
     *
     * @param model    see {@link #explore(Model, Duration)}
     * @param watchdog see {@link #explore(Model, Duration)}
     * @param workers  how many, at least 1
     * @return the graph
     * @throws TlcException see {@link #explore(Model, Duration)}
     */
    public static StateGraph explore(Model model, Duration watchdog, int workers) {
        try (GraphSession session = new GraphSession()) {
            GraphSession.Beginning all = session.explore(model, watchdog, Long.MAX_VALUE, workers);
            if (all.failure().isPresent()) {
                throw all.failure().get();
            }
            return all.found().graph();
        }
    }
}
