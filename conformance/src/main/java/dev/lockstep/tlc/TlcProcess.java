package dev.lockstep.tlc;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of TLC's command line in a JVM of its own. Its output goes to a file, so that nothing is lost if it is
 * killed.
 */
final class TlcProcess {
    /**
     * Below this many generated states the JVM's second compiler costs more than it gains: of Mirror 155,000 generated
     * states took 6.1 s of processor time without it and 16.4 s with it; 806,000 took 33 s without it and 26 s with it.
     */
    static final long SHORT_RUN = 600_000;
    /** Minutes between reports of coverage: so long that the only report is the final one. */
    private static final String COVERAGE_INTERVAL = "9999";

    private final Model model;
    private final WorkFolder folder;

    TlcProcess(Model model, WorkFolder folder) {
        this.model = model;
        this.folder = folder;
    }

    /**
     * Runs TLC to its end.
     *
     * @param expectedStates about how many states it will generate; 0 if that is not known
     * @return its exit code
     * @throws TlcException if it takes longer than the timeout (the JVM is dead by then), or cannot be started
     * @throws InterruptedException if this thread is interrupted (the JVM is dead by then)
     */
    int run(TlcDistribution tlc, Duration timeout, long expectedStates) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command(tlc, expectedStates)).directory(folder.spec().toFile())
                    .redirectErrorStream(true).redirectOutput(folder.output().toFile()).start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new TlcException("a JVM for TLC could not be started: " + e.getMessage(), e);
        }
        Thread hook = new Thread(() -> {
            process.destroyForcibly();
            folder.close();
        }, "lockstep-tlc-cleanup");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TlcException("model " + model.name() + ": TLC did not end within "
                        + timeout.toMillis() / 1000.0 + " seconds and was killed");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly().onExit().join();
            removeHook(hook);
        }
    }

    /** Returns what TLC printed, by line. */
    List<String> output() {
        try {
            // Decoded leniently: a message may quote a spec in any encoding.
            return new String(Files.readAllBytes(folder.output()), Charset.defaultCharset()).lines().toList();
        } catch (IOException e) {
            throw new TlcException("model " + model.name() + ": what TLC printed cannot be read: " + e.getMessage(), e);
        }
    }

    private List<String> command(TlcDistribution tlc, long expectedStates) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmn256m", "-XX:-UsePerfData"));
        if (expectedStates > 0 && expectedStates <= SHORT_RUN) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        // TLC unpacks modules into the temporary folder, where two runs would fight over them; it looks for its opt-in
        // statistics in the home folder; and it exports its set of states by RMI, which looks up the name of the host.
        command.addAll(List.of("-Djava.io.tmpdir=" + folder.temporary(), "-Duser.home=" + folder.temporary(),
                "-Djava.rmi.server.hostname=127.0.0.1", "-cp", tlc.location().toString(), "tlc2.TLC", "-coverage",
                COVERAGE_INTERVAL));
        command.addAll(arguments(model, folder));
        return command;
    }

    /**
     * One worker and a fixed polynomial: the same counterexample each time. -deadlock: do not look for deadlocks. Liveness is
     * judged once, at the end: how much TLC has seen when it looks earlier depends on the clock.
     */
    static List<String> arguments(Model model, WorkFolder folder) {
        return List.of("-tool", "-deadlock", "-workers", "1", "-fp", "0", "-checkpoint", "0", "-lncheck", "final",
                "-metadir", folder.states().toString(), "-config", model.configurationFile(), model.module() + ".tla");
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is ending and the hook is at work; it does no harm twice.
            Thread.yield();
        }
    }
}
