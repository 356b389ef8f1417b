package dev.lockstep.cli;

import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.tlc.ModelRunner;
import dev.lockstep.tlc.RunSettings;
import dev.lockstep.tlc.TlcDistribution;
import dev.lockstep.tlc.TlcException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Has TLC judge models, several at a time. */
final class TlcRuns {
    /** Far more than the longest model takes on a slow machine. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final SpecFolder spec;
    private final ModelRunner runner;
    private final Progress progress;

    TlcRuns(SpecFolder spec, TlcDistribution tlc, int jobs, Progress progress) {
        this.spec = spec;
        this.runner = new ModelRunner(new RunSettings(tlc, LONGEST, true), jobs);
        this.progress = progress;
    }

    /**
     * Judges them all. What is wrong with one model is mostly wrong with all of them, so the first failure ends it.
     *
     * @param pins what is known of them, by which the longest begins first
     * @return a result for each model, in the order given
     * @throws TlcException if there is no verdict on one of them
     */
    Map<ModelName, ModelResult> judge(List<ModelName> models, Pins pins) {
        Map<ModelName, Long> states = new LinkedHashMap<>();
        models.forEach(model -> states.put(model, pins.find(model).map(Pin::totalStates).orElse(0L)));
        List<ModelRunner.Job> jobs = models.stream().sorted(Comparator.comparing(states::get).reversed())
                .map(model -> new ModelRunner.Job(spec.model(model), states.get(model))).toList();
        Map<String, ModelResult> results = outcomes(jobs).stream().map(outcome -> outcome.result().orElseThrow())
                .collect(Collectors.toMap(ModelResult::model, result -> result));
        Map<ModelName, ModelResult> inOrder = new LinkedHashMap<>();
        models.forEach(model -> inOrder.put(model, results.get(model.name())));
        return inOrder;
    }

    private List<ModelRunner.Outcome> outcomes(List<ModelRunner.Job> jobs) {
        AtomicReference<TlcException> failure = new AtomicReference<>();
        Thread caller = Thread.currentThread();
        ModelRunner.Listener listener = new ModelRunner.Listener() {
            private String last = "";
            private int done;

            @Override
            public void started(Model model) {
                last = model.name();
                show();
            }

            @Override
            public void finished(ModelRunner.Outcome outcome, int done, int total) {
                this.done = done;
                show();
                if (outcome.failure().isPresent() && failure.compareAndSet(null, outcome.failure().get())) {
                    caller.interrupt();
                }
            }

            private void show() {
                progress.show("check " + done + "/" + jobs.size() + "  " + last);
            }
        };
        try {
            List<ModelRunner.Outcome> outcomes = runner.run(jobs, listener);
            if (failure.get() == null) {
                return outcomes;
            }
        } catch (TlcException e) {
            failure.compareAndSet(null, e);
        }
        // The interrupt was meant for the runner, and has done its work.
        Thread.interrupted();
        throw failure.get();
    }
}
