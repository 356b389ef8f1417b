package dev.lockstep.guest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the host that builds a part of the guest. */
final class HostCommand {
    /** Far more than any of them takes; who waits longer waits for something that hangs. */
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final int SHOWN_CHARACTERS = 2000;

    private HostCommand() {
    }

    /**
     * Runs a program to its end.
     *
     * @param folder  where it runs
     * @param command the program and its arguments
     * @return what it printed
     * @throws GuestException if it fails or does not end in time
     */
    static String run(Path folder, List<String> command) throws IOException {
        // Into a file: a pipe would have to be read while the deadline is watched.
        Path output = Files.createTempFile("lockstep-", ".out");
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new GuestException(command.get(0) + " did not end within " + DEADLINE.toSeconds() + " seconds");
                }
            } finally {
                process.destroyForcibly();
            }
            String printed = new String(Files.readAllBytes(output), Charset.defaultCharset());
            if (process.exitValue() != 0) {
                throw new GuestException(String.join(" ", command) + " failed with exit code " + process.exitValue() + ": "
                        + printed.substring(Math.max(0, printed.length() - SHOWN_CHARACTERS)).strip());
            }
            return printed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command.get(0) + " ran");
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
