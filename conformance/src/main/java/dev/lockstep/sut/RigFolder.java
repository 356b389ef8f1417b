package dev.lockstep.sut;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A temporary folder that does not outlast its use: closing it removes it with all that is in it, and so does the end of
 * this JVM, be it told to end by Ctrl-C. Thread-safe.
 */
public final class RigFolder implements Closeable {
    private static final int TRIES_AT_THE_END = 50;
    private static final long PAUSE_MILLIS = 20;

    private final Thread hook = new Thread(this::removeAtTheEnd, "lockstep-files-cleanup");
    private Path path;
    private boolean over;

    private RigFolder() {
    }

    /**
     * Makes a folder.
     *
     * @param parent where
     * @param prefix how its name begins; then comes this process's id: should one be left behind, it tells by whom
     * @return the folder, empty
     * @throws IOException           if it cannot be made
     * @throws IllegalStateException if this JVM is ending
     */
    public static RigFolder in(Path parent, String prefix) throws IOException {
        RigFolder folder = new RigFolder();
        // The hook comes first, so that there is no moment at which the folder would be left behind.
        Runtime.getRuntime().addShutdownHook(folder.hook);
        try {
            folder.make(parent, prefix);
            return folder;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private synchronized void make(Path parent, String prefix) throws IOException {
        if (over) {
            throw new IllegalStateException("this Java is ending");
        }
        path = Files.createTempDirectory(parent, prefix + ProcessHandle.current().pid() + "-");
    }

    /** {@return the folder} */
    public synchronized Path path() {
        return path;
    }

    /**
     * Removes the folder with all that is in it; does nothing if it is gone.
     *
     * @throws IOException if something in it cannot be removed
     */
    @Override
    public void close() throws IOException {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This Java is ending: the hook runs, and finds nothing to do.
            return;
        }
    }

    private synchronized void remove() throws IOException {
        over = true;
        if (path == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Who uses the folder may still be putting files into it, so once need not be enough. The pause waits by the clock, as nobody tells
     * when a thread that this JVM ends without has put its last file there.
     */
    private void removeAtTheEnd() {
        for (int i = 0; i < TRIES_AT_THE_END; i++) {
            try {
                remove();
                return;
            } catch (IOException e) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
