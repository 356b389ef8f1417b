package dev.lockstep.tlc;

import dev.lockstep.tlc.inside.CountingTlc;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bundled TLC in a JVM of its own that judges one model after another: what a JVM for each would spend on starting and on
 * compiling TLC's classes is spent once. Starts when it is first used, and again if it had to be killed or if a run ended
 * without a verdict. Not thread-safe.
 */
final class TlcServer implements AutoCloseable {
    private static final int LOST = -1;
    /** TLC's exit codes after which it is as good as new: holds, safety violated, liveness violated. */
    private static final Set<Integer> AS_GOOD_AS_NEW = Set.of(0, 12, 13);

    private final Thread hook = new Thread(this::kill, "lockstep-tlc-server-cleanup");
    private volatile Process process;
    private BufferedWriter questions;
    private BufferedReader answers;

    TlcServer() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Runs TLC to its end.
     *
     * @return its exit code; the JVM's, if that ended before TLC did
     * @throws TlcException         if it takes longer than the timeout (the JVM is dead by then), or cannot be started
     * @throws InterruptedException if this thread is interrupted (the JVM is dead by then)
     */
    int run(Model model, WorkFolder folder, Duration timeout) throws InterruptedException {
        try {
            start();
            questions.write(question(model, folder));
            questions.newLine();
            questions.flush();
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::answer);
            return code(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            kill();
            throw new TlcException("model " + model.name() + ": TLC did not end within " + timeout.toMillis() / 1000.0
                    + " seconds and was killed", e);
        } catch (InterruptedException e) {
            kill();
            throw e;
        } catch (IOException | ExecutionException e) {
            kill();
            throw new TlcException("the JVM for TLC was lost: " + e.getMessage(), e);
        }
    }

    private int code(String answer) throws InterruptedException {
        if (answer != null) {
            int code = Integer.parseInt(answer);
            if (!AS_GOOD_AS_NEW.contains(code)) {
                kill();
            }
            return code;
        }
        Process ended = process;
        int exitCode = ended == null ? LOST : ended.waitFor();
        kill();
        return exitCode;
    }

    private String answer() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            // Killed: there is no answer.
            return null;
        }
    }

    private static String question(Model model, WorkFolder folder) {
        List<String> parts = new ArrayList<>(Stream.of(folder.spec(), folder.temporary(), folder.output()).map(Path::toString)
                .toList());
        parts.addAll(TlcProcess.arguments(model, folder));
        return String.join(CountingTlc.SEPARATOR, parts);
    }

    private void start() throws IOException {
        if (process != null && process.isAlive()) {
            return;
        }
        String classes = Stream.of(TlcDistribution.bundled().location(), TlcDistribution.locationOf(TlcServer.class)).distinct()
                .map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-Xmn512m", "-XX:-UsePerfData", "-Djava.rmi.server.hostname=127.0.0.1", "-cp", classes,
                CountingTlc.class.getName()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        questions = process.outputWriter(StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
        process = null;
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is ending and the hook is at work; it does no harm twice.
            Thread.yield();
        }
    }
}
