package dev.lockstep.tlc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A JVM of our own making, and what it printed. */
final class ChildJvm {
    private final Process process;
    private final InputStream heard;
    private final Consumer<String> listener;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    ChildJvm(Process process, InputStream heard, Consumer<String> listener) {
        this.process = process;
        this.heard = heard;
        this.listener = listener;
        Thread reader = new Thread(this::read, "lockstep-jvm-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        // Decoded leniently: a message may quote a spec in any encoding.
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(heard, Charset.defaultCharset()))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
                listener.accept(line);
            }
        } catch (IOException e) {
            // It was killed: what it printed until then is there.
            Thread.yield();
        } finally {
            process.onExit().thenRun(() -> ended.complete(null));
        }
    }

    /** Returns what completes when it is dead and all that it printed is read. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Returns what it has printed so far, by line. */
    List<String> output() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Returns its exit code; only for one that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** Kills it, and waits until it is dead; does nothing if it is. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
