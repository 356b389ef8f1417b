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
 * Lives of a mirror in processes of their own, which are killed with SIGKILL in the middle of whatever their threads are at. None outlives
 * this JVM.
 */
final class KilledLives implements Ground {
    private static final int KILLED = 137;

    private final String classPath;
    private final Path work;
    private final Path mirror;
    private int lives;

    /**
     * Of a mirror.
     *
     * @param classPath what the processes' classes are in
     * @param work      an empty folder, for what they tell
     * @param mirror    the folder with its files
     */
    KilledLives(String classPath, Path work, Path mirror) {
        this.classPath = classPath;
        this.work = work;
        this.mirror = mirror;
    }

    @Override
    public boolean cutsPower() {
        return false;
    }

    /** It lives where its files are. */
    @Override
    public void put(Path files) {
        if (!files.equals(mirror)) {
            throw new IllegalArgumentException("the mirror is in " + mirror + ", and not in " + files);
        }
    }

    /** It has left them there. */
    @Override
    public void left(Path files) {
        put(files);
    }

    @Override
    public Over live(RunSettings settings, long clock, int events) throws IOException {
        Path life = Files.createDirectory(work.resolve("life" + lives++));
        Path tape = Files.createDirectory(life.resolve("tape"));
        Path said = life.resolve("said");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx96m", "-cp", classPath, RecordedChild.class.getName()));
        command.addAll(RecordedChild.arguments(settings, mirror, tape, clock, 0));
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
            return new Over(tape, cutShort);
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
        Thread listener = new Thread(() -> listen(process.getInputStream(), process.toHandle()::destroyForcibly, events, seen), "lockstep-recorded-listener");
        listener.setDaemon(true);
        listener.start();
        return !Patience.await(listener, seen::get);
    }

    /**
     * Kills as soon as there have been as many, as a thread that is woken up for it first would come late. It listens until the process is dead:
     * one that finds that nobody does sees an I/O fail, and its threads give up what they have half done, which no killed process does.
     */
    static void listen(InputStream told, Runnable kill, int events, AtomicLong seen) {
        try (InputStream beats = told) {
            for (int beat = beats.read(); beat >= 0; beat = beats.read()) {
                if (beat == Tape.BEAT && seen.incrementAndGet() == events) {
                    kill.run();
                }
            }
        } catch (IOException e) {
            // The process is dead, as the exit code says.
            seen.incrementAndGet();
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
