package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder that results are written into.
 *
 * @param path it need not exist
 */
public record ResultFolder(Path path) {
    /**
     * Checks that results can be written here, and changes nothing.
     *
     * @throws UserMistake if not: a file is in the way, or the folder, or the one that it would be made in, is
     *     read-only
     */
    public void check() {
        Path nearest = path.toAbsolutePath().normalize();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            throw new UserMistake("the results cannot be written into " + path + ": a folder was expected, and "
                    + nearest + " is a file");
        }
        if (!Files.isWritable(nearest)) {
            throw new UserMistake("the results cannot be written into " + path
                    + ": a folder that can be written was expected, and " + nearest + " is read-only");
        }
    }

    /**
     * Writes a file; who reads it at any time finds the old one or the new one, never a part of one.
     *
     * @param name the file's name in this folder, which is made if it is not there
     * @throws UserMistake if it cannot be written
     */
    public void write(String name, String text) {
        try {
            Files.createDirectories(path);
            replace(path.resolve(name), text);
        } catch (IOException e) {
            throw new UserMistake("the result " + path.resolve(name) + " cannot be written: " + e, e);
        }
    }

    static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
