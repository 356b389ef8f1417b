package dev.lockstep.cli;

import dev.lockstep.tlc.Model;
import dev.lockstep.tlc.ModelResult;
import dev.lockstep.tlc.ModelRunner;
import dev.lockstep.tlc.RunSettings;
import dev.lockstep.tlc.TlcDistribution;
import dev.lockstep.tlc.TlcException;
import dev.lockstep.tlc.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Has TLC judge models, several runs at a time. */
final class TlcRuns {
    /** Far more than the longest model takes on a slow machine. */
    static final Duration LONGEST = Duration.ofMinutes(30);

    private final ModelRunner runner;
    private final Progress progress;

    TlcRuns(TlcDistribution tlc, int jobs, Progress progress) {
        this.runner = new ModelRunner(new RunSettings(tlc, LONGEST, true), jobs);
        this.progress = progress;
    }

    /**
     * Judges models. What is wrong with one is mostly wrong with all of them, so the first failure ends it.
     *
     * @param together whether one run may judge several models, see {@link Batch}
     * @return a result for each model, in the order given
     * @throws TlcException if there is no verdict on one of them
     */
    Map<ModelName, ModelResult> judge(SpecFolder spec, List<ModelName> models, Pins pins, boolean together) {
        Map<ModelName, ModelResult> found = new LinkedHashMap<>();
        models.forEach(model -> found.put(model, null));
        List<ModelName> again = run(together ? Batch.together(spec, models, pins) : Batch.single(spec, models, pins),
                found);
        if (!again.isEmpty()) {
            run(Batch.single(spec, again, pins), found);
        }
        return found;
    }

    /** Fills in what is found; returns the models that have yet to be judged by themselves. */
    private List<ModelName> run(List<Batch> batches, Map<ModelName, ModelResult> found) {
        // The longest first, or else one of them would begin last, and the other processors would wait for it.
        List<Batch> inOrder = batches.stream().sorted(Comparator.comparingLong(Batch::weight).reversed()).toList();
        List<ModelRunner.Outcome> outcomes = outcomes(inOrder.stream()
                .map(batch -> new ModelRunner.Job(batch.model(), batch.expectedStates())).toList());
        List<ModelName> again = new ArrayList<>();
        for (int i = 0; i < inOrder.size(); i++) {
            List<ModelName> models = inOrder.get(i).models();
            ModelResult result = outcomes.get(i).result().orElseThrow();
            if (result.verdict() == Verdict.VIOLATED && models.size() > 1) {
                again.addAll(models);
            } else {
                models.forEach(model -> found.put(model, Batch.of(model, result)));
            }
        }
        return again;
    }

    private List<ModelRunner.Outcome> outcomes(List<ModelRunner.Job> jobs) {
        FirstFailure listener = new FirstFailure(jobs.size());
        try {
            List<ModelRunner.Outcome> outcomes = runner.run(jobs, listener);
            if (listener.failure.get() == null) {
                return outcomes;
            }
        } catch (TlcException e) {
            listener.failure.compareAndSet(null, e);
        }
        // The interrupt was meant for the runner, and has done its work.
        Thread.interrupted();
        throw listener.failure.get();
    }

    /** Shows how far it is, and interrupts the runner when a model fails. */
    private final class FirstFailure implements ModelRunner.Listener {
        private final AtomicReference<TlcException> failure = new AtomicReference<>();
        private final Thread runnersThread = Thread.currentThread();
        private final int jobs;
        private int done;
        private String begun = "";

        FirstFailure(int jobs) {
            this.jobs = jobs;
        }

        @Override
        public void started(Model model) {
            begun = model.name();
            show();
        }

        @Override
        public void finished(ModelRunner.Outcome outcome, int done, int total) {
            this.done = done;
            show();
            if (outcome.failure().isPresent() && failure.compareAndSet(null, outcome.failure().get())) {
                runnersThread.interrupt();
            }
        }

        private void show() {
            progress.show("check " + done + "/" + jobs + "  " + begun);
        }
    }
}
