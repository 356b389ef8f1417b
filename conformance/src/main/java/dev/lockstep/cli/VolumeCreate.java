package dev.lockstep.cli;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Policy;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.volume.FileVolume;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code volume create}: the files of a new volume. */
@Command(name = "create", sortOptions = false,
        description = "Makes the legs and the dirty-region log of a new volume, durably: all of them, or none. The "
                + "legs are zeros and so equal: every region is clean. The log is in "
                + "dm-mirror's format, dm-log version 2.")
final class VolumeCreate extends Verb {
    @Mixin
    private VolumeOptions volume;

    @Option(names = "--size", required = true, paramLabel = "BYTES",
            description = "The length of the volume: a multiple of 512, with KiB, MiB, GiB or TiB if you like.")
    private String size;

    @Option(names = "--dirty",
            description = "Have every region dirty: all of it is out of sync when it is opened, until it is resynced.")
    private boolean dirty;

    VolumeCreate(Console console) {
        super(console);
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        Layout layout = volume.layout(ByteCount.parse("--size", size));
        VolumeFiles files = volume.files();
        Path result = folder().path().resolve(VolumeVerb.NAME + ".json");
        files.requireNew(result);
        // Nothing of the policy is kept in the files; any will do.
        FileVolume.create(files.log(), files.legs(), layout, Policy.BOUNCE_COPY, LogFormat.DM, false).close();
        if (dirty) {
            makeDirty(files.log(), layout);
        }
        VolumeState state = VolumeState.of("create", FoundVolume.of(volume, result), Optional.empty());
        return VerbResult.of(Ending.AS_EXPECTED, state, state.text()).in(VolumeVerb.NAME);
    }

    /** A crash before this has ended leaves a volume that is clean, as its legs are equal. */
    private static void makeDirty(Path file, Layout layout) throws IOException {
        try (FileLeg leg = FileLeg.open(file, Access.READ_WRITE)) {
            DirtyRegionLog.create(leg, LogImage.allDirty(layout.regions()));
        }
    }
}
