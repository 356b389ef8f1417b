package dev.lockstep.guest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A program in the guest that was started and may still run. Thread-safe. */
public final class GuestProgram {
    private final int id;
    private final String command;
    private final RunningGuest guest;
    private final Consumer<String> listener;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    GuestProgram(int id, String command, RunningGuest guest, Consumer<String> listener) {
        this.id = id;
        this.command = command;
        this.guest = guest;
        this.listener = listener;
    }

    /** {@return what it has printed so far, standard error included, by line} */
    public List<String> output() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /**
     * Waits for a line.
     *
     * @param prefix   how the line begins
     * @param deadline how long to wait
     * @return the first line that begins so, whether it was printed before this call or after
     * @throws GuestException if the program or the guest ends without it, or the time is over
     * @throws IOException    if this thread is interrupted
     */
    public String awaitLine(String prefix, Duration deadline) throws IOException {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            synchronized (lines) {
                return awaitLocked(prefix, deadline, end);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private String awaitLocked(String prefix, Duration deadline, long end) throws IOException, InterruptedException {
        int next = 0;
        while (true) {
            for (; next < lines.size(); next++) {
                if (lines.get(next).startsWith(prefix)) {
                    return lines.get(next);
                }
            }
            long left = end - System.nanoTime();
            if (exit.isDone() || left <= 0) {
                throw guest.failure(what() + (exit.isDone() ? " ended without"
                        : " did not print within " + deadline.toMillis() + " ms") + " the line that was waited for, " + prefix
                        + "…; it printed: " + tail());
            }
            TimeUnit.NANOSECONDS.timedWait(lines, left);
        }
    }

    /**
     * Waits until it has ended.
     *
     * @param deadline how long to wait
     * @return how it ended
     * @throws GuestException if the guest ends first, or the time is over
     * @throws IOException    if this thread is interrupted
     */
    public CommandResult awaitExit(Duration deadline) throws IOException {
        try {
            return new CommandResult(exit.get(deadline.toNanos(), TimeUnit.NANOSECONDS), output());
        } catch (TimeoutException e) {
            throw guest.failure(what() + " did not end within " + deadline.toMillis() + " ms; it printed: " + tail());
        } catch (ExecutionException e) {
            throw guest.failure("the guest ended while " + what() + " ran: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /**
     * Kills it with SIGKILL, and waits until it is dead; does nothing if it is. What it holds in the page cache stays in the
     * guest's, as the guest lives on.
     *
     * @param deadline how long to wait
     * @throws IOException if it does not die in time, or the guest ends first
     */
    public void kill(Duration deadline) throws IOException {
        if (!exit.isDone()) {
            guest.run(killing());
            awaitExit(deadline);
        }
    }

    /** {@return the shell command of the guest that kills it with SIGKILL, to be made a part of another; it fails if it is dead} */
    public String killing() {
        return "kill -9 $(cat /run/" + id + ".pid)";
    }

    private String what() {
        return "in the guest, the command " + command;
    }

    private String tail() {
        List<String> all = output();
        return all.isEmpty() ? "nothing" : String.join(" | ", all.subList(Math.max(0, all.size() - 5), all.size()));
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while a program in the guest ran");
    }

    void printed(String line) {
        synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
        }
        listener.accept(line);
    }

    void ended(int exitCode) {
        exit.complete(exitCode);
        wakeUp();
    }

    void lost(IOException why) {
        exit.completeExceptionally(why);
        wakeUp();
    }

    private void wakeUp() {
        synchronized (lines) {
            lines.notifyAll();
        }
    }
}
