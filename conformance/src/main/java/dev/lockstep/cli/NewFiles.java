package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Files that are being made, to be removed again should not all of them come about. */
final class NewFiles implements AutoCloseable {
    private final Deque<Path> made = new ArrayDeque<>();

    /** Takes note of a file that was made. */
    void add(Path file) {
        made.push(file);
    }

    /** All of them came about: they stay. */
    void keep() {
        made.clear();
    }

    /**
     * Removes those that are not to stay, the last one first.
     *
     * @throws IOException if one cannot be removed; the others are removed all the same
     */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!made.isEmpty()) {
            try {
                Files.deleteIfExists(made.pop());
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
