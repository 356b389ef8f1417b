package dev.lockstep.cli;

import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.Superblock;
import dev.lockstep.region.Policy;
import dev.lockstep.store.StoreException;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.VolumeDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A volume as its files tell of it, read without a lock and without changing anything.
 *
 * @param files    the files; the legs as the log names them, if it does
 * @param layout   how it is divided, and its source
 * @param format   the log's format
 * @param contents what the log says, as far as it may be believed
 * @param legs     the legs
 * @param volume   its identity and generation; empty if neither log nor legs have one
 * @param named    whether the log says which legs there are
 * @param labelled whether the legs carry labels
 */
record FoundVolume(VolumeFiles files, Layout layout, LogFormat format, LogContents contents, List<VolumeState.LegFile> legs,
        Optional<Superblock> volume, boolean named, boolean labelled) {

    /**
     * Looks at a volume.
     *
     * @param options which one
     * @param result  the file that the result will be kept in, which must be none of the volume's
     * @throws UserMistake if its files cannot be those of a volume
     * @throws StoreException likewise
     */
    static FoundVolume of(VolumeOptions options, Path result) throws IOException {
        return new VolumeFinder(options, result).find();
    }

    /** Opens it. */
    FileVolume open(Policy policy) throws IOException {
        return named ? FileVolume.open(files.log(), policy)
                : FileVolume.open(files.log(), VolumeDescription.of(files.legs(), layout), policy);
    }

    /** Returns what the log does not say; empty if it says all. */
    Optional<VolumeDescription> description() {
        return named ? Optional.empty() : Optional.of(VolumeDescription.of(files.legs(), layout));
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
        } else if (legs.get(leg).state().equals(VolumeState.ABSENT)) {
            throw new UserMistake(option + " " + leg + ": the volume has no such leg; the number of one that it has was expected");
        }
    }

    /** Returns how many legs there are, or should be. */
    long legsHeld() {
        return legs.stream().filter(leg -> !leg.state().equals(VolumeState.ABSENT)).count();
    }

    /**
     * Checks that there is a way to change which legs the volume has: to record it, or to name other legs from then on.
     *
     * @param what what is to be done to a leg
     * @throws UserMistake if there is none
     */
    void requireWaysToChange(String what) {
        if (format == LogFormat.HARDENED) {
            requireLabels(what);
        } else if (labelled) {
            throw new UserMistake("no leg of " + files.log() + " can be " + what + ", as a log in the format " + format.words()
                    + " has no place to say so: a hardened log was expected; see volume convert-log");
        }
    }

    /**
     * Checks that the log can be trusted.
     *
     * @throws UserMistake if it cannot
     */
    void requireTrusted() {
        warning().ifPresent(why -> {
            throw new UserMistake(why + "; see volume resync --new-log");
        });
    }

    /**
     * Checks that the legs carry labels.
     *
     * @param what what is to be done to a leg
     * @throws UserMistake if they do not
     */
    void requireLabels(String what) {
        if (!labelled) {
            throw new UserMistake("no leg of " + files.log() + " can be " + what + ": a volume was expected whose legs carry labels");
        }
    }

    /**
     * Checks that a volume has all it needs without a leg.
     *
     * @throws UserMistake if it does not
     */
    void requireAnother(int leg) {
        boolean last = true;
        for (int other = 0; other < legs.size(); other++) {
            last &= other == leg || !legs.get(other).state().equals(VolumeState.IN_USE);
        }
        if (last || layout.source() == leg && contents.image().dirtyCount() > 0) {
            throw new UserMistake("leg " + leg + ", " + legs.get(leg).file() + ", has what no other leg has: another was expected, or a volume "
                    + "that is in sync");
        }
    }
}
