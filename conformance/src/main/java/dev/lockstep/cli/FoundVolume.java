package dev.lockstep.cli;

import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.StoreException;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.VolumeDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A volume as its files tell of it, read without a lock and without changing anything.
 *
 * @param files    the files
 * @param layout   how it is divided
 * @param format   the log's format
 * @param contents what the log says
 * @param legs     the legs
 */
record FoundVolume(VolumeFiles files, Layout layout, LogFormat format, LogContents contents, List<VolumeState.LegFile> legs) {

    /**
     * Looks at a volume.
     *
     * @param options which one
     * @param result  the file that the result will be kept in, which must be none of the volume's
     * @throws UserMistake if its files cannot be those of a volume
     * @throws StoreException likewise
     */
    static FoundVolume of(VolumeOptions options, Path result) throws IOException {
        VolumeFiles files = options.files();
        files.requireThere(result);
        List<FileLeg> legs = new ArrayList<>();
        for (Path file : files.legs()) {
            // Closed at once: what is asked of them is their names and their lengths.
            try (FileLeg leg = FileLeg.open(file, Access.READ_ONLY)) {
                legs.add(leg);
            }
        }
        Layout layout = options.layout(VolumeDescription.commonLength(legs));
        List<VolumeState.LegFile> found = legs.stream().map(VolumeState.LegFile::of).toList();
        try (FileLeg log = FileLeg.open(files.log(), Access.READ_ONLY)) {
            return new FoundVolume(files, layout, LogFormat.of(log), LogContents.read(log, layout.regions()), found);
        } catch (StoreException e) {
            if (!Files.isRegularFile(files.log())) {
                throw e;
            }
            // A file that is no leg, for it was cut to a length that no leg has, is a log that cannot be trusted.
            LogContents distrusted = new LogContents(LogImage.allDirty(layout.regions()), Optional.of(e.getMessage()));
            return new FoundVolume(files, layout, LogFormat.DM, distrusted, found);
        }
    }

    /** Returns the sentence for a log that cannot be trusted; empty if it can. */
    Optional<String> warning() {
        return contents.distrust().map(why -> why + "; so every one of the " + layout.regions() + " regions of " + layout.regionBytes()
                + " bytes counts as dirty");
    }

    /**
     * Checks that a piece lies in the volume.
     *
     * @throws UserMistake if it does not, or is not whole sectors
     */
    void requireInside(long position, long length) {
        if (position % VolumeUser.SECTOR != 0) {
            throw new UserMistake("--at " + position + " is no multiple of 512: a volume is read and written in whole sectors of 512 bytes");
        } else if (length % VolumeUser.SECTOR != 0) {
            throw new UserMistake("--length " + length + " is no multiple of 512: a volume is read and written in whole sectors of 512 bytes");
        } else if (length == 0) {
            throw new UserMistake("there is nothing to do: a length of at least 512 bytes was expected, and it is 0");
        } else if (position >= layout.bytes()) {
            throw new UserMistake("--at " + position + " is beyond the end: the volume has " + layout.bytes() + " bytes");
        } else if (length > layout.bytes() - position) {
            throw new UserMistake(length + " bytes at " + position + " go beyond the end: the volume has " + layout.bytes() + " bytes, "
                    + "of which " + (layout.bytes() - position) + " are left there");
        }
    }

    /**
     * Checks that a leg is there.
     *
     * @throws UserMistake if it is not
     */
    void requireLeg(String option, int leg) {
        if (leg < 0 || leg >= layout.legs()) {
            throw new UserMistake(option + " " + leg + ": the volume has no such leg; 0 to " + (layout.legs() - 1) + " was expected");
        }
    }
}
