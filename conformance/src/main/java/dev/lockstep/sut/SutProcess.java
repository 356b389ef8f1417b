package dev.lockstep.sut;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that is written lines and that answers with lines. What it writes is read by threads of its own, so that nothing it does keeps
 * the caller for longer than the caller waits. It does not outlive {@link #end}, nor this JVM, and nor do processes that it has begun,
 * as far as they are still its children. To be used by one thread.
 */
final class SutProcess {
    /** Longer than any answer that makes sense. */
    static final int LONGEST_LINE = 65_536;
    private static final int LINES_AHEAD = 16;
    private static final Duration TO_DIE = Duration.ofSeconds(10);

    private final Process process;
    private final OutputStream in;
    private final LastLines err;
    private final Thread errReader;
    private final Thread outReader;
    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(LINES_AHEAD);
    private final Thread hook = new Thread(this::kill, "lockstep-sut-end");

    /**
     * What was read: a line, or why there is none.
     *
     * @param text    the line; null if there is none
     * @param trouble why there is none
     */
    record Line(String text, String trouble) {
    }

    private SutProcess(Process process) {
        this.process = process;
        this.in = process.getOutputStream();
        this.err = new LastLines();
        this.errReader = reader("lockstep-sut-stderr", () -> err.readAll(process.getErrorStream()));
        this.outReader = reader("lockstep-sut-stdout", this::readLines);
    }

    /**
     * Starts a command.
     *
     * @param words the program and its arguments
     * @throws IOException if it cannot be started
     */
    static SutProcess start(List<String> words) throws IOException {
        SutProcess started = new SutProcess(new ProcessBuilder(words).start());
        try {
            Runtime.getRuntime().addShutdownHook(started.hook);
            return started;
        } catch (IllegalStateException e) {
            started.kill();
            throw new IOException("this program is ending", e);
        }
    }

    private static Thread reader(String name, Runnable reading) {
        Thread thread = new Thread(reading, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void readLines() {
        try (InputStream out = new BufferedInputStream(process.getInputStream(), LONGEST_LINE)) {
            byte[] line = new byte[LONGEST_LINE];
            int length = 0;
            for (int read = out.read(); read >= 0; read = out.read()) {
                if (read == '\n') {
                    lines.put(new Line(new String(line, 0, length, StandardCharsets.UTF_8), ""));
                    length = 0;
                } else if (length == LONGEST_LINE) {
                    lines.put(new Line(null, "wrote a line of more than " + LONGEST_LINE + " bytes"));
                    return;
                } else {
                    line[length++] = (byte) read;
                }
            }
            lines.put(new Line(null, length == 0 ? "closed its stdout" : "closed its stdout in the middle of a line"));
        } catch (IOException e) {
            lines.offer(new Line(null, "cannot be read: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes a line; that it cannot be written shows when the answer does not come. */
    void write(String line) {
        try {
            in.write((line + '\n').getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            // It has closed its stdin, or is dead: then it does not answer either, and says more by that.
            return;
        }
    }

    /** The next line that it writes; none if it takes longer than that. */
    Optional<Line> read(Duration longest) {
        try {
            return Optional.ofNullable(lines.poll(longest.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Line(null, "was not waited for any more, as this program is to end"));
        }
    }

    long pid() {
        return process.pid();
    }

    /** How the process is, a moment after it has stopped talking: that it has ended, and how; or that it runs. */
    String condition() {
        try {
            if (process.waitFor(1, TimeUnit.SECONDS)) {
                return "ended with exit code " + process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "still runs";
    }

    /** Ends it, and waits until it is gone; returns the last lines of its stderr. */
    List<String> end() {
        kill();
        // It may wait for someone to take lines that nobody will.
        outReader.interrupt();
        try {
            process.waitFor(TO_DIE.toSeconds(), TimeUnit.SECONDS);
            // A child of its own may hold its stderr open: what it has said so far will do.
            errReader.join(TimeUnit.SECONDS.toMillis(1));
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // This JVM is ending: the hook runs, and finds nothing to do.
            return err.lines();
        }
        return err.lines();
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
