package dev.lockstep.crash.inside;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link CrashChild} in a process of this machine, killed with SIGKILL: through its handle, as {@link Process#destroyForcibly} would
 * close the pipe from which its last words are yet to be read. It does not outlive this JVM. Thread-safe.
 */
public final class ChildProcess {
    private static final int KILLED = 137;
    private static final long USUAL_START = 200_000;

    private ChildProcess() {
    }

    /**
     * Runs a child until it dies or ends.
     *
     * @param classPath  what the child's classes are in
     * @param task       what it does
     * @param afterReady how long after it is ready it is killed, in microseconds; if it has a point, it is killed there
     * @return what became of it
     * @throws IOException if it cannot be started
     */
    public static ChildLife.Fate run(String classPath, ChildTask task, long afterReady) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx96m", "-cp", classPath,
                CrashChild.class.getName()));
        command.addAll(task.arguments());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread hook = new Thread(() -> process.toHandle().destroyForcibly(), "lockstep-child-cleanup");
        Runtime.getRuntime().addShutdownHook(hook);
        try (ChildLife life = new ChildLife(task, afterReady, USUAL_START, countNoMore -> process.toHandle().destroyForcibly())) {
            process.getOutputStream().close();
            return life.over(follow(process, life) == KILLED);
        } finally {
            process.toHandle().destroyForcibly();
            remove(hook);
        }
    }

    private static int follow(Process process, ChildLife life) throws IOException {
        try (BufferedReader told = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                life.hear(line);
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This Java is ending, and the hook kills a process that is dead.
            Thread.yield();
        }
    }
}
