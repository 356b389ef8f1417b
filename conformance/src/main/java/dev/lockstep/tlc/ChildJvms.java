package dev.lockstep.tlc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The JVMs that work together on one run, and the temporary folder that all of them live in. Closing kills what still
 * runs and removes the folder; so does the end of this JVM, by Ctrl-C too.
 */
final class ChildJvms implements AutoCloseable {
    private final WorkFolder folder;
    private final List<ChildJvm> started = new ArrayList<>();
    private final Thread hook = new Thread(this::end, "lockstep-jvms-cleanup");
    private boolean ended;

    /** Takes a folder, which is closed with this. */
    ChildJvms(WorkFolder folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    WorkFolder folder() {
        return folder;
    }

    /**
     * Starts a JVM.
     *
     * @param directory its working directory
     * @param arguments what follows {@code java}
     * @param listener hears each line that it prints, at once, in a thread of its own
     * @throws TlcException if it cannot be started, or this JVM is ending
     */
    ChildJvm start(Path directory, List<String> arguments, Consumer<String> listener) {
        return start(new ProcessBuilder().directory(directory.toFile()).redirectErrorStream(true), arguments,
                Process::getInputStream, listener);
    }

    /**
     * Starts a JVM whose standard output goes to a file.
     *
     * @param output the file
     * @param listener hears each line of its standard error
     * @see #start(Path, List, Consumer)
     */
    ChildJvm startQuietly(Path directory, List<String> arguments, Path output, Consumer<String> listener) {
        return start(new ProcessBuilder().directory(directory.toFile()).redirectOutput(output.toFile()), arguments,
                Process::getErrorStream, listener);
    }

    private synchronized ChildJvm start(ProcessBuilder builder, List<String> arguments,
            Function<Process, InputStream> heard, Consumer<String> listener) {
        if (ended) {
            throw new TlcException("a JVM for TLC could not be started: Lockstep is ending");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        try {
            Process process = builder.command(command).start();
            ChildJvm jvm = new ChildJvm(process, heard.apply(process), listener);
            started.add(jvm);
            process.getOutputStream().close();
            return jvm;
        } catch (IOException e) {
            throw new TlcException("a JVM for TLC could not be started: " + e.getMessage(), e);
        }
    }

    /** Kills all that runs, waits until it is dead, and removes the folder; what is started later is refused. */
    synchronized void end() {
        ended = true;
        started.forEach(ChildJvm::kill);
        folder.close();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is ending and the hook is at work; it does no harm twice.
            Thread.yield();
        }
    }
}
