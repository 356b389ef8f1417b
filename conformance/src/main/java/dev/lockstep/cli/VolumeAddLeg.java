package dev.lockstep.cli;

import dev.lockstep.log.LogFormat;
import dev.lockstep.log.Superblock;
import dev.lockstep.store.FileLeg;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.VolumeDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code volume add-leg}. */
@Command(name = "add-leg", sortOptions = false,
        description = "Adds a leg to a volume whose legs carry labels, and resyncs every region to it. Of a volume with a log in dm-mirror's "
                + "format and no labels nothing is recorded: every region is marked dirty, and it is said how to name the legs from then on.")
final class VolumeAddLeg extends VolumeUser {
    @Parameters(paramLabel = "FILE", description = "The new leg; made, if it is not there. What it holds is lost.")
    private Path file;

    VolumeAddLeg(Console console) {
        super(console);
    }

    @Override
    Optional<Path> ownFile() {
        return Optional.of(file);
    }

    /** Opening and adding check it too; but then a new generation has begun. */
    @Override
    void check(FoundVolume found) throws IOException {
        found.requireWaysToChange("added");
        if (found.legsHeld() >= Superblock.SLOTS) {
            throw new UserMistake(file + " cannot be added: the volume has " + found.legsHeld() + " legs, and fewer than " + Superblock.SLOTS
                    + " were expected");
        }
        NewLegFile.check(found, file, -1);
    }

    @Override
    Did use(FileVolume open, FoundVolume found, Progress progress) throws IOException {
        return found.labelled() ? added(open, progress) : told(open, found);
    }

    private Did added(FileVolume open, Progress progress) throws IOException {
        int number = open.addLeg(file);
        VolumeResync.Done done = VolumeResync.resync(open, 0, progress);
        Map<String, Object> keys = keys(number);
        keys.putAll(done.keys());
        return new Did(Ending.AS_EXPECTED, keys, file + " is leg " + number + " now\n" + done.text(open, ""));
    }

    private Map<String, Object> keys(int number) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("number", number);
        keys.put("file", file.toString());
        return keys;
    }

    /** The log must be dirty all over before anyone opens the volume with the leg; it is so until the legs are equal. */
    private Did told(FileVolume open, FoundVolume found) throws IOException {
        open.close();
        if (!Files.exists(file)) {
            FileLeg.create(file, found.layout().bytes()).close();
        }
        FileVolume.markAllDirty(found.files().log(), VolumeDescription.of(found.files().legs(), found.layout()));
        List<Path> legs = new ArrayList<>(found.files().legs());
        legs.add(file);
        return new Did(Ending.AS_EXPECTED, keys(legs.size() - 1), file + " can be leg " + (legs.size() - 1) + ": as a log in the format "
                + LogFormat.DM.words() + " does not name the legs, every region is dirty, and from now on, volume resync first, the volume is "
                + VolumeRemoveLeg.named(legs) + "\n");
    }
}
