package dev.lockstep.tlc;

import dev.lockstep.trace.PartialGraph;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Explorations one after another, of specs that are nearly the same. They use TLC's classes together, which are warm after the
 * first: the beginning of a graph then takes a tenth of the time. TLC keeps some names from one spec to the next, so the specs
 * must have the same variables, constants and definitions, which may differ in their bodies. After a failure the next
 * exploration begins with fresh classes. Not thread-safe; sessions do not disturb each other.
 */
public final class GraphSession implements AutoCloseable {
    private IsolatedLoader loader;

    /**
     * The beginning of a model's graph.
     *
     * @param found   what was found before there was enough of it, or an error
     * @param failure what is wrong with the spec behind that; empty if nothing was found to be
     */
    public record Beginning(PartialGraph found, Optional<TlcException> failure) {
        /** Refuses null. */
        public Beginning {
            Objects.requireNonNull(found, "found");
            Objects.requireNonNull(failure, "failure");
        }
    }

    /**
     * Explores a model, up to so many steps.
     *
     * @param model    see {@link TlcGraph#explore(Model, Duration)}
     * @param watchdog how long it may take
     * @param limit    how many steps are enough
     * @return what was found; if an error ended it, that too
     * @throws SpecException if the spec or its configuration is wrong from the start, or an action is written so that TLC does
     *                       not tell its name or its arguments
     * @throws TlcException  if it takes longer than the watchdog allows, or this thread is interrupted (and is so again)
     */
    public Beginning explore(Model model, Duration watchdog, long limit) {
        return explore(model, watchdog, limit, 1);
    }

    /** Explores a model with several of TLC's workers, which find the same graph; of a graph that is not whole they tell less. */
    Beginning explore(Model model, Duration watchdog, long limit, int workers) {
        Model unjudged = new Model(model.name(), model.directory(), model.module(),
                new Configuration(model.configuration()).withoutJudgement());
        boolean unharmed = false;
        try (WorkFolder folder = WorkFolder.prepare(unjudged)) {
            loader = loader == null ? IsolatedLoader.create() : loader;
            PartialGraph graph = IsolatedRun.run(loader, model, folder, watchdog, (classes, output, cancelled) ->
                    classes.create("Exploration", ExplorationSetting.of(model, folder, output, cancelled), limit, workers));
            unharmed = graph != null && graph.end() != PartialGraph.End.BROKEN;
            return unharmed ? new Beginning(graph, Optional.empty()) : broken(model, folder, graph);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                throw new SpecException("model " + model.name() + ": " + e.getCause().getMessage(), e.getCause());
            }
            throw new TlcException("model " + model.name() + ": the exploration failed: " + e.getCause(), e.getCause());
        } finally {
            if (!unharmed) {
                close();
            }
        }
    }

    private static Beginning broken(Model model, WorkFolder folder, PartialGraph graph) {
        TlcException failure = ErrorSentence.of(model, Message.parse(new TlcProcess(model, folder).output()))
                .orElseGet(() -> new TlcException("model " + model.name() + ": TLC gave neither a graph nor a reason"));
        if (graph == null) {
            throw failure;
        }
        return new Beginning(graph, Optional.of(failure));
    }

    /** Lets go of TLC's classes. */
    @Override
    public void close() {
        if (loader != null) {
            loader.close();
            loader = null;
        }
    }
}
