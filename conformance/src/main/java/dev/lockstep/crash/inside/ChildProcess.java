package dev.lockstep.crash.inside;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A {@link CrashChild} in a process of its own, whose life its parent ends: through its handle, as {@link Process#destroyForcibly}
 * would close the pipe from which its last words are yet to be read. Thread-safe.
 */
public final class ChildProcess {
    /** For a child that is to come to its end. */
    public static final long NEVER = TimeUnit.HOURS.toMicros(1);

    private static final int KILLED = 137;
    private static final long PATIENCE_SECONDS = 60;
    /** The first letters of the lines by which {@link Teller} tells that a write or a flush has ended. */
    private static final Set<String> ACKNOWLEDGEMENTS = Set.of("b", "d", "f");

    /** How the parent ends a child's life: SIGKILL, or a power cut and then SIGKILL. */
    @FunctionalInterface
    public interface Death {
        /**
         * Ends it.
         *
         * @param process       the child
         * @param countNoMore to be called before the power begins to go: what is acknowledged from then on does not count
         * @throws IOException if that fails
         */
        void come(Process process, Runnable countNoMore) throws IOException;
    }

    /**
     * What became of a child.
     *
     * @param lines    what it told until its death came, in order
     * @param killed   whether it was killed; else it had come to its end
     * @param atPoint  whether it was at its named point
     * @param deadline whether it was killed only because it did not come to an end
     */
    public record Fate(List<String> lines, boolean killed, boolean atPoint, boolean deadline) {
    }

    private final Process process;
    private final Death death;
    private final List<String> lines = new ArrayList<>();
    private boolean counted = true;
    private boolean dead;
    private IOException failure;

    private ChildProcess(Process process, Death death) {
        this.process = process;
        this.death = death;
    }

    /**
     * Runs a child until it dies or ends.
     *
     * @param classPath  what the child's classes are in
     * @param task       what it does
     * @param afterReady how long after it is ready its death comes, in microseconds; if it has a point, death comes there
     * @param death      how it dies
     * @return what became of it
     * @throws IOException if it cannot be started, or does not die
     */
    public static Fate run(String classPath, ChildTask task, long afterReady, Death death) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx96m", "-cp", classPath,
                CrashChild.class.getName()));
        command.addAll(task.arguments());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread hook = new Thread(process.toHandle()::destroyForcibly, "lockstep-child-cleanup");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            process.getOutputStream().close();
            return new ChildProcess(process, death).follow(task, afterReady);
        } finally {
            process.toHandle().destroyForcibly();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // This Java is ending, and the hook kills a process that is dead.
                Thread.yield();
            }
        }
    }

    private Fate follow(ChildTask task, long afterReady) throws IOException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(run -> {
            Thread thread = new Thread(run, "crash-clock");
            thread.setDaemon(true);
            return thread;
        });
        boolean atPoint = false;
        boolean late = false;
        try (BufferedReader told = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            clock.schedule(this::die, PATIENCE_SECONDS, TimeUnit.SECONDS);
            long start = System.nanoTime();
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                take(line);
                if (line.equals("R") && task.point().isEmpty()) {
                    clock.schedule(this::die, afterReady, TimeUnit.MICROSECONDS);
                } else if (line.equals("P")) {
                    atPoint = true;
                    die();
                }
            }
            late = System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            int code = process.waitFor();
            synchronized (this) {
                if (failure != null) {
                    throw failure;
                }
                return new Fate(List.copyOf(lines), code == KILLED, atPoint, late);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            clock.shutdownNow();
        }
    }

    /** What is told as begun counts always; what is told as ended, which is an acknowledgement, only until the power begins to go. */
    private synchronized void take(String line) {
        if (counted || !ACKNOWLEDGEMENTS.contains(line.substring(0, Math.min(1, line.length())))) {
            lines.add(line);
        }
    }

    private void die() {
        synchronized (this) {
            if (dead) {
                return;
            }
            dead = true;
        }
        try {
            death.come(process, this::countNoMore);
        } catch (IOException e) {
            synchronized (this) {
                failure = e;
            }
        } finally {
            process.toHandle().destroyForcibly();
        }
    }

    private synchronized void countNoMore() {
        counted = false;
    }
}
