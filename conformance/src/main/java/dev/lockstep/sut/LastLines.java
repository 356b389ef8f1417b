package dev.lockstep.sut;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last lines of what a process says for people to read: few, and none of them long, however much it says. Thread-safe. */
final class LastLines {
    private static final int MOST = 20;
    private static final int LONGEST = 300;

    private final Deque<String> lines = new ArrayDeque<>();

    /** Reads to the end. */
    void readAll(InputStream from) {
        byte[] line = new byte[LONGEST];
        int length = 0;
        byte[] some = new byte[4096];
        try (from) {
            for (int read = from.read(some); read >= 0; read = from.read(some)) {
                for (int i = 0; i < read; i++) {
                    if (some[i] == '\n') {
                        add(new String(line, 0, length, StandardCharsets.UTF_8));
                        length = 0;
                    } else if (length < LONGEST) {
                        line[length++] = some[i];
                    }
                }
            }
        } catch (IOException e) {
            add("(its stderr cannot be read: " + e.getMessage() + ")");
        }
        if (length > 0) {
            add(new String(line, 0, length, StandardCharsets.UTF_8));
        }
    }

    private synchronized void add(String line) {
        if (lines.size() == MOST) {
            lines.removeFirst();
        }
        // What a terminal would obey is not for a report.
        lines.addLast(line.replaceAll("\\p{Cntrl}", "?"));
    }

    synchronized List<String> lines() {
        return new ArrayList<>(lines);
    }
}
