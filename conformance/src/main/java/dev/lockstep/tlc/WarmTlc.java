package dev.lockstep.tlc;

import java.time.Duration;

/**
 * The bundled TLC, for one model after another: see {@link TlcServer}. Not thread-safe: a thread has one of its own.
 */
public final class WarmTlc implements AutoCloseable {
    private final SharedByRuns shared = new SharedByRuns(1);

    /**
     * Judges a model; of a counterexample that TLC prints no arguments for, none are found out.
     *
     * @param longest        how long it may take, on the wall clock
     * @param expectedStates see {@link TlcRun#check(Model, long)}
     * @return what TLC found
     * @throws TlcException see {@link TlcRun#check(Model, long)}
     */
    public ModelResult check(Model model, Duration longest, long expectedStates) {
        return new TlcRun(new RunSettings(TlcDistribution.bundled(), longest, false), shared).check(model, expectedStates);
    }

    /**
     * Judges a model; of a counterexample the arguments are found out.
     *
     * @param longest how long it may take, on the wall clock
     * @return what TLC found
     * @throws TlcException see {@link TlcRun#check(Model, long)}
     */
    public ModelResult checkWithArguments(Model model, Duration longest) {
        return new TlcRun(RunSettings.bundled(longest), shared).check(model);
    }

    @Override
    public void close() {
        shared.close();
    }
}
