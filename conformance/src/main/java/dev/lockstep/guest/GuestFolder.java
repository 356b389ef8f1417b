package dev.lockstep.guest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * QEMU and the temporary folder that it runs in. Neither outlasts a close, nor the end of this JVM, be it told to end by
 * Ctrl-C. (Should this JVM be killed, QEMU's standard input ends, and the guest powers off by itself.)
 *
 * <p>Thread-safe.
 */
final class GuestFolder implements Closeable {
    private static final int LAST_LINES = 12;

    private final Thread hook = new Thread(this::end, "lockstep-guest-cleanup");
    private Path path;
    private Process process;
    private boolean over;

    private GuestFolder() {
    }

    /** Makes the folder. */
    static GuestFolder make() throws IOException {
        GuestFolder folder = new GuestFolder();
        // The hook comes first, so that there is no moment at which the folder would be left behind.
        Runtime.getRuntime().addShutdownHook(folder.hook);
        try {
            synchronized (folder) {
                folder.requireNotOver();
                folder.path = Files.createTempDirectory("lockstep-guest-" + ProcessHandle.current().pid() + "-");
            }
            return folder;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private void requireNotOver() {
        if (over) {
            throw new IllegalStateException("this guest is closed");
        }
    }

    synchronized Path path() {
        return path;
    }

    /** {@return the file to which the guest's serial console goes} */
    Path console() {
        return path().resolve("console");
    }

    /** Starts QEMU. */
    synchronized void start(List<String> command) throws IOException {
        requireNotOver();
        process = new ProcessBuilder(command).directory(path.toFile())
                .redirectError(path.resolve("qemu").toFile()).start();
    }

    /** {@return QEMU; only once it was started} */
    synchronized Process process() {
        return process;
    }

    /** {@return what QEMU complained of and the last lines of the console, to end a sentence with} */
    String lastLines() {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("qemu", "console")) {
            List<String> lines;
            try {
                // Decoded leniently: a kernel prints what it likes.
                lines = new String(Files.readAllBytes(path().resolve(name)), StandardCharsets.ISO_8859_1).lines()
                        .filter(line -> !line.isBlank()).toList();
            } catch (IOException e) {
                lines = List.of();
            }
            for (String line : lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())) {
                text.append("\n  ").append(name).append(": ").append(line.strip());
            }
        }
        return text.isEmpty() ? "\n  (its console is empty)" : text.toString();
    }

    /** Kills QEMU, and waits until it is dead: what it had written is then in the files of the disks. */
    void kill() {
        Process mine;
        synchronized (this) {
            mine = process;
        }
        if (mine != null) {
            // Not Process.destroyForcibly, which closes the pipe and loses what the guest has said already.
            mine.toHandle().destroyForcibly();
            mine.onExit().join();
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This Java is ending: the hook runs, and finds nothing to do.
            return;
        }
    }

    private void end() {
        synchronized (this) {
            over = true;
        }
        kill();
        synchronized (this) {
            if (path != null && Files.isDirectory(path)) {
                try {
                    Folders.remove(path);
                } catch (IOException e) {
                    // Nothing of ours is running there any more; what cannot be removed is for the system to clear away.
                    path.toFile().deleteOnExit();
                }
            }
        }
    }
}
