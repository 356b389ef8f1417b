package dev.lockstep.cli;

import dev.lockstep.volume.VolumeDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a volume is made of, as the user named them. Looks at them, and changes nothing.
 *
 * @param log  the log's file
 * @param legs the legs' files, in the order of the legs
 */
record VolumeFiles(Path log, List<Path> legs) {
    VolumeFiles {
        legs = List.copyOf(legs);
    }

    /**
     * Checks that these are the files of a volume that is there.
     *
     * @param result a file that is about to be written, and must be none of these
     * @throws UserMistake if one is missing, or given twice: by another name or through a link too
     */
    void requireThere(Path result) {
        for (Path file : all()) {
            if (!Files.exists(file)) {
                throw new UserMistake("there is no file " + file + ": " + kind(file) + " was expected");
            }
        }
        requireDistinct(result);
    }

    /**
     * Checks that the log is there; a leg that it names need not be.
     *
     * @param result a file that is about to be written, and must be none of these
     * @throws UserMistake if it is not, or a file is named twice
     */
    void requireLog(Path result) {
        if (!Files.exists(log)) {
            throw new UserMistake("there is no file " + log + ": the log of a volume was expected");
        }
        requireDistinct(result);
    }

    /**
     * Checks that these files can be made.
     *
     * @param result a file that is about to be written, and must be none of these
     * @throws UserMistake if one is there already, if its folder is not there or read-only, or if it is given twice
     */
    void requireNew(Path result) {
        for (Path file : all()) {
            // A link that leads nowhere is something, too.
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new UserMistake(file + " exists already: a file that is yet to be made was expected");
            }
            Path folder = file.toAbsolutePath().getParent();
            if (!Files.isDirectory(folder)) {
                throw new UserMistake(file + " cannot be made: a folder was expected, and "
                        + (Files.exists(folder) ? folder + " is a file" : "there is no " + folder));
            }
            if (!Files.isWritable(folder)) {
                throw new UserMistake(file + " cannot be made: a folder that can be written was expected, and " + folder
                        + " is read-only");
            }
        }
        requireDistinct(result);
    }

    /**
     * Checks that a file that is about to be written is none of these.
     *
     * @param option what it was given with; may be empty
     * @param other  the file
     * @throws UserMistake if it is
     */
    void requireOther(String option, Path other) {
        for (Path file : all()) {
            if (same(file, other)) {
                throw new UserMistake((option.isEmpty() ? "" : option + " ") + other + " is " + kind(file) + ": another file was expected");
            }
        }
    }

    private void requireDistinct(Path result) {
        List<Path> files = all();
        for (int i = 0; i < files.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (same(files.get(j), files.get(i))) {
                    throw new UserMistake(twice(files.get(j), files.get(i)));
                }
            }
            if (same(files.get(i), result)) {
                throw new UserMistake(files.get(i) + " is where the result of this command is to be kept: another "
                        + "file, or another --out, was expected");
            }
        }
    }

    private static String twice(Path first, Path second) {
        return (first.equals(second) ? "the file " + first + " is given twice"
                : first + " and " + second + " are the same file")
                + ": a file of its own was expected for the log and for each leg";
    }

    private List<Path> all() {
        List<Path> all = new ArrayList<>(legs);
        all.removeIf(VolumeDescription.NO_LEG::equals);
        all.add(0, log);
        return all;
    }

    private String kind(Path file) {
        return file.equals(log) ? "the log of a volume" : "a leg of the volume";
    }

    /** Whether two names lead to one file, which need not be there yet. */
    private static boolean same(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other) ? Files.isSameFile(one, other)
                    : place(one).equals(place(other));
        } catch (IOException e) {
            throw new UserMistake("it cannot be seen whether " + one + " and " + other + " are the same file, and two "
                    + "were expected: " + e, e);
        }
    }

    private static Path place(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && Files.isDirectory(folder) ? folder.toRealPath().resolve(file.getFileName())
                : file.toAbsolutePath();
    }
}
