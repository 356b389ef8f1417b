package dev.lockstep.tlc;

import dev.lockstep.trace.Label;
import dev.lockstep.trace.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Finds the arguments of the actions in a counterexample, which most versions of TLC do not print: it takes, with the
 * bundled TLC, every step of an action of that name from each state, and keeps a label if it is the only one that leads
 * to the next state.
 */
final class ArgumentRecovery implements AutoCloseable {
    /** TLC's classes are used for one counterexample after another: warm, they take a fifth of the time. */
    private final IsolatedLoader loader = IsolatedLoader.create();

    /** As {@link #recover}, for one counterexample alone. */
    static Counterexample once(Model model, Counterexample found, Duration watchdog) {
        try (ArgumentRecovery recovery = new ArgumentRecovery()) {
            return recovery.recover(model, found, watchdog);
        }
    }

    /**
     * Returns the counterexample with the arguments that can be told; where they cannot, it is as before. Thread-safe:
     * one at a time.
     */
    synchronized Counterexample recover(Model model, Counterexample found, Duration watchdog) {
        List<Optional<Label>> labels = labels(model, found, watchdog);
        List<CounterexampleStep> steps = new ArrayList<>();
        for (CounterexampleStep step : found.steps()) {
            // The initial state has no action: the first label leads to the second state.
            steps.add(step.argumentsKnown() ? step : at(labels, step.number() - 2).map(step::withLabel).orElse(step));
        }
        Optional<Counterexample.Loop> loop = found.loop().map(back -> at(labels, found.length() - 1)
                .map(label -> new Counterexample.Loop(back.backTo(), Optional.of(label))).orElse(back));
        return new Counterexample(steps, loop);
    }

    private List<Optional<Label>> labels(Model model, Counterexample found, Duration watchdog) {
        List<Map<String, Value>> states = new ArrayList<>();
        List<String> actions = new ArrayList<>();
        for (CounterexampleStep step : found.steps()) {
            states.add(step.state());
            step.label().ifPresent(label -> actions.add(label.action()));
        }
        found.loop().ifPresent(loop -> loop.label().ifPresent(label -> {
            states.add(states.get(loop.backTo() - 1));
            actions.add(label.action());
        }));
        if (actions.isEmpty()) {
            return List.of();
        }
        try (WorkFolder folder = WorkFolder.prepare(model)) {
            return IsolatedRun.run(loader, model, folder, watchdog, (classes, output, cancelled) -> classes.create(
                    "StepLabels", folder.spec(), model.module(), model.name(), folder.temporary(), output, states, actions));
        } catch (ExecutionException e) {
            // An argument that depends on the state, or something that this TLC reads otherwise: the names remain.
            return List.of();
        }
    }

    @Override
    public void close() {
        loader.close();
    }

    private static Optional<Label> at(List<Optional<Label>> labels, int index) {
        return index >= 0 && index < labels.size() ? labels.get(index) : Optional.empty();
    }
}
