package dev.lockstep.tlc;

import java.time.Duration;

/**
 * Judges a model by TLC's plain command line in a JVM of its own: one worker, a fixed fingerprint polynomial, no check
 * for deadlocks (a model may stop). So a verdict and a counterexample are the same each time, and anybody's TLC can be
 * asked.
 *
 * <p>Immutable; runs side by side do not disturb each other. A run leaves no file, no process and no thread behind.
 */
public final class TlcRun {
    private final RunSettings settings;
    /** Shared with other runs; null if there are none to share with. */
    private final SharedByRuns shared;

    /** Makes a runner with these settings. */
    public TlcRun(RunSettings settings) {
        this(settings, null);
    }

    TlcRun(RunSettings settings, SharedByRuns shared) {
        this.settings = settings;
        this.shared = shared;
    }

    /** As {@link #check(Model, long)}, not knowing how many states to expect. */
    public ModelResult check(Model model) {
        return check(model, 0);
    }

    /**
     * Judges a model.
     *
     * @param model the model; its configuration should judge one property
     * @param expectedStates about how many states TLC will generate, 0 if that is not known; a hint that makes short
     *         runs shorter and changes no result
     * @return the verdict
     * @throws SpecException if the spec or the configuration is wrong: it does not parse, an assumption is false, an
     *         expression cannot be evaluated
     * @throws TlcException if TLC came to no verdict: it took longer than the timeout, it was killed, this thread was
     *         interrupted (and is so again)
     */
    public ModelResult check(Model model, long expectedStates) {
        return LostAnswer.askAgainIfLost(() -> checkOnce(model, expectedStates));
    }

    private ModelResult checkOnce(Model model, long expectedStates) {
        long start = System.nanoTime();
        try (WorkFolder folder = WorkFolder.prepare(model)) {
            TlcProcess process = new TlcProcess(model, folder);
            boolean served = shared != null && settings.tlc().equals(TlcDistribution.bundled());
            int exitCode = served ? shared.withServer(server -> server.run(model, folder, settings.timeout()))
                    : process.run(settings.tlc(), settings.timeout(), expectedStates);
            double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
            return withArguments(model, new ResultReader(model, exitCode, process.output()).read(seconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TlcException("model " + model.name() + ": the run of TLC was interrupted", e);
        }
    }

    private ModelResult withArguments(Model model, ModelResult result) {
        if (!settings.recoverArguments() || result.counterexample().isEmpty()) {
            return result;
        }
        return new ModelResult(result.model(), result.verdict(), result.violated(),
                result.counterexample().map(found -> recovered(model, found)),
                result.distinctStates(), result.totalStates(), result.depth(), result.fired(), result.seconds(),
                result.tlcVersion());
    }

    private Counterexample recovered(Model model, Counterexample found) {
        return shared == null ? ArgumentRecovery.once(model, found, settings.timeout())
                : shared.recovery().recover(model, found, settings.timeout());
    }
}
