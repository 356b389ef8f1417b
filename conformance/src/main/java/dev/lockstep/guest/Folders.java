package dev.lockstep.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** What the builders do with folders. */
final class Folders {

    /** Makes one file or folder at the path that it is given. */
    @FunctionalInterface
    interface Maker {
        void make(Path at) throws IOException;
    }

    private Folders() {
    }

    /**
     * Makes a file or folder that is there whole or not at all, whoever else makes the same at the same time.
     *
     * @param wanted its path; nothing is done if it is there
     * @param maker  makes it somewhere else in the same folder
     * @return the path
     */
    static Path whole(Path wanted, Maker maker) throws IOException {
        if (Files.exists(wanted)) {
            return wanted;
        }
        Files.createDirectories(wanted.getParent());
        Path work = Files.createTempDirectory(wanted.getParent(), "making-");
        try {
            Path made = work.resolve(wanted.getFileName());
            maker.make(made);
            move(made, wanted);
            return wanted;
        } finally {
            remove(work);
        }
    }

    private static void move(Path made, Path wanted) throws IOException {
        try {
            Files.move(made, wanted, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            // A folder that someone else has made meanwhile from the same parts is as good.
            return;
        } catch (IOException e) {
            if (!Files.isDirectory(wanted)) {
                throw e;
            }
        }
    }

    /** Removes a folder with all that is in it. */
    static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** {@return how many bytes the files in a folder have} */
    static long bytes(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            long sum = 0;
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                sum += Files.size(each);
            }
            return sum;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
