package dev.lockstep.validate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A life of a mirror in a process of its own, which is killed with SIGKILL in the middle of whatever its threads are at. It does not outlive
 * this JVM.
 */
final class KilledLife {
    private static final int KILLED = 137;

    private final String classPath;
    private final Path work;

    /**
     * Of a process.
     *
     * @param classPath what its classes are in
     * @param work      an empty folder, for what it tells
     */
    KilledLife(String classPath, Path work) {
        this.classPath = classPath;
        this.work = work;
    }

    /**
     * What became of it.
     *
     * @param left     what it has left
     * @param cutShort how it was cut short by something else than the kill: it hangs, or fails; empty if it was not
     */
    record Over(Tape.Left left, Optional<String> cutShort) {
    }

    /**
     * Has the mirror live, and kills it.
     *
     * @param clock  how far the recorder's clock has come
     * @param events after so many events it is killed
     * @throws IOException if the process cannot be started, what it has left cannot be read, or this thread is interrupted (and is so again)
     */
    Over live(RunSettings settings, Path folder, long clock, int events) throws IOException {
        Path tape = Files.createDirectory(work.resolve("tape"));
        Path said = work.resolve("said");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx96m", "-cp", classPath, RecordedChild.class.getName()));
        command.addAll(RecordedChild.arguments(settings, folder, tape, clock));
        Process process = new ProcessBuilder(command).redirectError(said.toFile()).start();
        Thread hook = new Thread(() -> process.toHandle().destroyForcibly(), "lockstep-recorded-cleanup");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            process.getOutputStream().close();
            boolean quiet = quiet(process, events);
            process.toHandle().destroyForcibly();
            int code = process.waitFor();
            Optional<String> cutShort = quiet ? Optional.of("it hangs: nothing was seen of its process for " + Patience.LONGEST_QUIET_SECONDS + " seconds")
                    : code == KILLED ? Optional.empty()
                    : Optional.of("it fails: its process ended with exit code " + code + ", and said: " + Files.readString(said, StandardCharsets.UTF_8));
            return new Over(Tape.left(tape), cutShort);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.toHandle().destroyForcibly();
            remove(hook);
        }
    }

    /** Waits for as many events, or the end of the process; whether nothing was seen of it for long. */
    private static boolean quiet(Process process, int events) throws InterruptedException {
        AtomicLong seen = new AtomicLong();
        Thread listener = new Thread(() -> listen(process, events, seen), "lockstep-recorded-listener");
        listener.setDaemon(true);
        listener.start();
        return !Patience.await(listener, seen::get);
    }

    /** Kills as soon as there have been as many, as a thread that is woken up for it first would come late. */
    private static void listen(Process process, int events, AtomicLong seen) {
        try (InputStream beats = process.getInputStream()) {
            for (int beat = beats.read(); beat >= 0 && seen.get() < events; beat = beats.read()) {
                seen.addAndGet(beat == Tape.BEAT ? 1 : 0);
            }
        } catch (IOException e) {
            // The process is dead, as the exit code says.
            seen.incrementAndGet();
        }
        process.toHandle().destroyForcibly();
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
