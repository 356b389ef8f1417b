package dev.lockstep.cli;

import dev.lockstep.log.LegLabel;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at a file that is to become a leg of a volume, and changes nothing. */
final class NewLegFile {
    private NewLegFile() {
    }

    /**
     * Checks that a file can become a leg: that it is long enough, or can be made, and that no volume has it.
     *
     * @param number the leg whose place it is to take; -1 if it is to have one of its own
     * @throws UserMistake if it cannot
     */
    static void check(FoundVolume found, Path file, int number) throws IOException {
        if (!Files.exists(file)) {
            requireCanBeMade(file);
            return;
        }
        if (Files.isDirectory(file)) {
            throw new UserMistake(file + " is a folder: a file or a device was expected");
        }
        long expected = found.labelled() ? LegLabel.legBytes(found.layout().bytes()) : found.layout().bytes();
        try (FileLeg opened = FileLeg.open(file, Access.READ_ONLY)) {
            if (opened.length() < expected) {
                throw new UserMistake(file + " has " + opened.length() + " bytes: at least " + expected + " were expected"
                        + (found.labelled() ? ", label included" : ""));
            }
            Optional<LegLabel> label = LegLabel.find(opened, found.layout().bytes());
            if (label.isPresent() && !mayBe(found, label.get(), number)) {
                throw new UserMistake(file + " is leg " + label.get().leg() + " of volume " + label.get().volume() + ": a file was expected "
                        + "that is not in use elsewhere");
            }
        }
    }

    private static void requireCanBeMade(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || !Files.isWritable(folder) || Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserMistake(file + " cannot be made: a folder that is there and can be written was expected");
        }
    }

    /** One that was a leg of the volume before, and is none any more, is any file. */
    private static boolean mayBe(FoundVolume found, LegLabel label, int number) {
        return found.volume().map(volume -> volume.volume().equals(label.volume())
                && (label.leg() == number || volume.membership().isAbsent(label.leg()))).orElse(false);
    }
}
