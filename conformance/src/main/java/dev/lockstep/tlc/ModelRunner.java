package dev.lockstep.tlc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Judges many models, a few side by side, each by a {@link TlcRun}. Immutable and thread-safe. */
public final class ModelRunner {
    private final RunSettings settings;
    private final int parallel;

    /**
     * A model to judge.
     *
     * @param model the model
     * @param expectedStates see {@link TlcRun#check(Model, long)}
     */
    public record Job(Model model, long expectedStates) {
    }

    /**
     * What became of a model: a result or a failure, never both.
     *
     * @param model the model
     * @param result what TLC found; empty if it came to no verdict
     * @param failure why there is no verdict; empty if there is one
     */
    public record Outcome(Model model, Optional<ModelResult> result, Optional<TlcException> failure) {
        /** Refuses both and neither. */
        public Outcome {
            if (result.isPresent() == failure.isPresent()) {
                throw new IllegalArgumentException("model " + model.name() + " has either a result or a failure");
            }
        }
    }

    /** Hears how far the runs are. Called by several threads, one at a time. */
    public interface Listener {
        /** Hears nothing. */
        Listener NONE = new Listener() {
        };

        /** TLC begins with a model. */
        default void started(Model model) {
        }

        /**
         * TLC has done with a model.
         *
         * @param outcome what became of it
         * @param done how many models are done by now, this one included
         * @param total how many there are
         */
        default void finished(Outcome outcome, int done, int total) {
        }
    }

    /**
     * Makes a runner.
     *
     * @param parallel how many JVMs may run at a time, at least 1; each uses about one processor
     */
    public ModelRunner(RunSettings settings, int parallel) {
        if (parallel < 1) {
            throw new IllegalArgumentException("at least one JVM must run, not " + parallel);
        }
        this.settings = settings;
        this.parallel = parallel;
    }

    /**
     * Judges all models.
     *
     * @return an outcome for each, in the order given
     * @throws TlcException if this thread is interrupted (and it is so again); the JVMs are dead by then
     */
    public List<Outcome> run(List<Job> jobs, Listener listener) {
        Progress progress = new Progress(listener, jobs.size());
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        try (SharedByRuns shared = new SharedByRuns(parallel)) {
            try {
                return outcomes(jobs, threads, new TlcRun(settings, shared), progress);
            } finally {
                stop(threads);
            }
        }
    }

    private static List<Outcome> outcomes(List<Job> jobs, ExecutorService threads, TlcRun run, Progress progress) {
        try {
            List<Future<Outcome>> futures = new ArrayList<>();
            for (Job job : jobs) {
                futures.add(threads.submit(() -> judge(job, run, progress)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TlcException("the runs of TLC were interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run of TLC failed unexpectedly: " + e.getCause(), e.getCause());
        }
    }

    private static Outcome judge(Job job, TlcRun run, Progress progress) {
        progress.started(job.model());
        Outcome outcome;
        try {
            ModelResult result = run.check(job.model(), job.expectedStates());
            outcome = new Outcome(job.model(), Optional.of(result), Optional.empty());
        } catch (TlcException e) {
            outcome = new Outcome(job.model(), Optional.empty(), Optional.of(e));
        }
        progress.finished(outcome);
        return outcome;
    }

    /** Interrupts what still runs, which kills its JVM, and waits for it. */
    private static void stop(ExecutorService threads) {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Progress {
        private final Listener listener;
        private final int total;
        private int done;

        Progress(Listener listener, int total) {
            this.listener = listener;
            this.total = total;
        }

        synchronized void started(Model model) {
            listener.started(model);
        }

        synchronized void finished(Outcome outcome) {
            done++;
            listener.finished(outcome, done, total);
        }
    }
}
