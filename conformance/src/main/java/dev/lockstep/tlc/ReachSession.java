package dev.lockstep.tlc;

import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * Models one after another of each of which it is asked how far TLC gets. They use TLC's classes together, which are warm after the first,
 * as in a {@link GraphSession}: so they must have the same variables, constants and definitions, which may differ in their bodies. After a
 * failure the next one begins with fresh classes. Not thread-safe; sessions do not disturb each other.
 */
public final class ReachSession implements AutoCloseable {
    private IsolatedLoader loader;

    /**
     * Has TLC visit the states of a model, the furthest first, until the end of every thing's way is reached or there are no more.
     *
     * @param model    invariants and properties in it are passed over; neither SYMMETRY nor VIEW
     * @param thing    the variable whose value, a number, tells the things apart that are examined
     * @param position the variable whose value, a sequence of numbers, tells how many steps of each kind were taken
     * @param course   what the things are to get through
     * @param watchdog how long it may take
     * @return how far each thing gets
     * @throws SpecException if the spec or its configuration is wrong
     * @throws TlcException  if it takes longer than the watchdog allows, or this thread is interrupted (and is so again)
     */
    public Reach explore(Model model, String thing, String position, Course course, Duration watchdog) {
        Model unjudged = new Model(model.name(), model.directory(), model.module(),
                new Configuration(model.configuration()).withoutJudgement());
        boolean unharmed = false;
        try (WorkFolder folder = WorkFolder.prepare(unjudged)) {
            loader = loader == null ? IsolatedLoader.create() : loader;
            Reach reach = IsolatedRun.run(loader, model, folder, watchdog, (classes, output, cancelled) ->
                    classes.create("ReachExploration", ExplorationSetting.of(model, folder, output, cancelled), thing, position, course));
            unharmed = reach != null;
            if (reach == null) {
                throw ErrorSentence.of(model, Message.parse(new TlcProcess(model, folder).output()))
                        .orElseGet(() -> new TlcException("model " + model.name() + ": TLC came to no end, and gave no reason"));
            }
            return reach;
        } catch (ExecutionException e) {
            throw new TlcException("model " + model.name() + ": the exploration failed: " + e.getCause(), e.getCause());
        } finally {
            if (!unharmed) {
                close();
            }
        }
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
