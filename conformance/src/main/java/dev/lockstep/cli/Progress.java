package dev.lockstep.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** A single line that says how far the work is. Thread-safe. Closing it takes the line away. */
public final class Progress implements AutoCloseable {
    /** One less than the narrowest usual terminal, where a longer line would wrap and stay. */
    private static final int WIDTH = 79;
    private static final long INTERVAL = Duration.ofMillis(80).toNanos();

    private final PrintWriter terminal;
    private int shown;
    private long lastTime;

    private Progress(PrintWriter terminal) {
        this.terminal = terminal;
    }

    /** Returns a line on this terminal. */
    static Progress on(PrintWriter terminal) {
        return new Progress(terminal);
    }

    /** Returns a line that is never seen. */
    static Progress none() {
        return new Progress(null);
    }

    /**
     * Shows this instead of what was there; too long a text is cut, and one that comes too soon after another is left
     * out.
     */
    public synchronized void show(String text) {
        long now = System.nanoTime();
        if (terminal != null && (shown == 0 || now - lastTime >= INTERVAL)) {
            lastTime = now;
            replace(text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…");
        }
    }

    @Override
    public synchronized void close() {
        if (shown > 0) {
            replace("");
        }
    }

    private void replace(String text) {
        terminal.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())) + (text.isEmpty() ? "\r" : ""));
        terminal.flush();
        shown = text.length();
    }
}
