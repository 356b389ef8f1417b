package dev.lockstep.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A guest that runs. Several threads may use it at once; each command has a process of its own in the guest.
 *
 * <p>Each wait has a deadline. What goes wrong is told by a {@link GuestException} of one sentence, which is followed by
 * the last lines of the guest's console.
 */
public final class RunningGuest implements AutoCloseable {
    /** How long a command may take unless it is said otherwise. */
    private static final Duration COMMAND_DEADLINE = Duration.ofSeconds(120);
    /** Interpreted, as under emulation compiled code has to be translated once more, and the programs here end before that has paid. */
    private static final String JAVA = "exec /java/bin/java -Xint -XX:+UseSerialGC -XX:-UsePerfData ";
    private static final String SHARED = "/run/shared.jsa";

    private final GuestFolder folder;
    private final OutputStream port;
    private final Map<Integer, GuestProgram> programs = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final long started = System.nanoTime();
    private volatile long readyAfter;
    private volatile IOException over;
    private volatile String shared = "";

    RunningGuest(GuestFolder folder) {
        this.folder = folder;
        this.port = folder.process().getOutputStream();
        Thread reader = new Thread(this::read, "lockstep-guest-" + folder.process().pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        IOException end = new IOException("QEMU is no more");
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(folder.process().getInputStream(),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                take(PortLine.of(line));
            }
        } catch (IOException e) {
            end = e;
        } finally {
            over = end;
            ready.completeExceptionally(end);
            for (GuestProgram each : programs.values()) {
                each.lost(end);
            }
        }
    }

    private void take(PortLine line) {
        if (line.kind() == PortLine.Kind.READY) {
            readyAfter = System.nanoTime() - started;
            ready.complete(line.text());
            return;
        }
        GuestProgram program = programs.get(line.id());
        if (program == null) {
            return;
        }
        if (line.kind() == PortLine.Kind.OUT) {
            program.printed(line.text());
        } else {
            programs.remove(line.id());
            program.ended(Integer.parseInt(line.text()));
        }
    }

    void awaitReady(Duration deadline) throws IOException {
        try {
            ready.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw failure("the guest did not come up within " + deadline.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw failure("the guest ended before it had come up: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the guest booted");
        }
    }

    /** {@return how long it took from the start of QEMU until it took commands} */
    public Duration bootTime() {
        return Duration.ofNanos(readyAfter);
    }

    /** {@return the release of its kernel, as {@code uname -r} gives it} */
    public String kernelRelease() {
        return ready.join();
    }

    /**
     * Starts a shell command and does not wait for it. {@code sh} is busybox's; dmsetup, mke2fs and e2fsck are there. Its
     * standard input is empty.
     *
     * @param command  the command; a program that is to be killed later is begun with {@code exec}
     * @param listener told each line that it prints, standard error included, on the thread that reads from the guest:
     *                 it must not wait for the guest
     * @return the program
     * @throws IOException if the guest has ended
     */
    public GuestProgram start(String command, Consumer<String> listener) throws IOException {
        int id = lastId.incrementAndGet();
        GuestProgram program = new GuestProgram(id, command, this, listener);
        programs.put(id, program);
        byte[] bytes = PortLine.command(id, command).getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (port) {
                port.write(bytes);
                port.flush();
            }
        } catch (IOException e) {
            throw failure("the guest has ended; it was to run " + command);
        }
        if (over != null) {
            // It ended while this was on its way, and may not have been told of this program.
            program.lost(over);
        }
        return program;
    }

    /**
     * Starts a Java program and does not wait for it.
     *
     * @param main      its main class, among the class files that the guest was booted with; it finds java.base,
     *                  jdk.unsupported and those class files, and nothing else
     * @param arguments its arguments
     * @param listener  told each line that it prints, as with {@link #start}
     * @return the program
     * @throws IOException if the guest has ended
     */
    public GuestProgram startJava(Class<?> main, List<String> arguments, Consumer<String> listener) throws IOException {
        return start(java(shared, main, arguments), listener);
    }

    /**
     * Runs a Java program to its end, and keeps the classes that it has used in the form in which a Java has them in memory: each
     * Java that is started from then on takes them as they are, which under emulation saves more than half of its start.
     *
     * @param main      its main class
     * @param arguments its arguments
     * @throws IOException if it fails, or the guest ends
     */
    public void shareClasses(Class<?> main, List<String> arguments) throws IOException {
        must(java("-XX:ArchiveClassesAtExit=" + SHARED + " -Xlog:cds=off -Xlog:cds+dynamic=off ", main, arguments));
        shared = "-XX:SharedArchiveFile=" + SHARED + " ";
    }

    private static String java(String options, Class<?> main, List<String> arguments) {
        StringBuilder command = new StringBuilder(JAVA).append(options).append("-cp ").append(GuestImage.CLASSES).append(' ')
                .append(main.getName());
        for (String argument : arguments) {
            command.append(" '").append(argument.replace("'", "'\\''")).append('\'');
        }
        return command.toString();
    }

    /**
     * Runs a shell command to its end, for at most two minutes.
     *
     * @param command the command
     * @return how it ended
     * @throws IOException if it does not end in time, or the guest ends first
     */
    public CommandResult run(String command) throws IOException {
        return start(command, line -> { }).awaitExit(COMMAND_DEADLINE);
    }

    /**
     * Runs a shell command that has to succeed.
     *
     * @param command the command
     * @return what it printed, as one text
     * @throws GuestException if its exit code is not 0
     * @throws IOException    as for {@link #run}
     */
    public String must(String command) throws IOException {
        CommandResult result = run(command);
        if (result.exitCode() != 0) {
            throw failure("in the guest, the command " + command + " failed with exit code " + result.exitCode() + ": "
                    + result.text());
        }
        return result.text();
    }

    /**
     * Cuts the power: QEMU is killed with SIGKILL. What the guest had handed to its disks is kept, flushed or not; a write
     * under way may be torn; what was in the guest's memory is gone. When this returns, the disks' files are the caller's.
     */
    public void powerOff() {
        folder.kill();
    }

    /** Kills the guest if it runs, and removes its temporary files. Closing again does nothing. */
    @Override
    public void close() {
        folder.close();
    }

    GuestException failure(String sentence) {
        return new GuestException(sentence + folder.lastLines());
    }
}
