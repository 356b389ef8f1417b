package dev.lockstep.cli;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogFormat;
import dev.lockstep.log.LogImage;
import dev.lockstep.log.Superblock;
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
                + "legs are zeros and so equal: every region is clean. By default the log is hardened, names the legs, and each leg "
                + "has a label behind its data.")
final class VolumeCreate extends Verb {
    @Mixin
    private VolumeOptions volume;

    @Option(names = "--size", required = true, paramLabel = "BYTES",
            description = "The length of the volume: a multiple of 512, with KiB, MiB, GiB or TiB if you like.")
    private String size;

    @Option(names = "--dirty",
            description = "Have every region dirty: all of it is out of sync when it is opened, until it is resynced.")
    private boolean dirty;

    @Option(names = "--log-format", paramLabel = "FORMAT", defaultValue = LogFormats.HARDENED,
            description = "hardened, or dm for dm-log version 2, which Linux's dm-mirror can attach and whose guarantees are weaker "
                    + "(default: ${DEFAULT-VALUE}).")
    private String format;

    @Option(names = "--no-labels",
            description = "Make legs without labels, which have the volume's length; it stops when a leg fails, and no leg can be replaced.")
    private boolean noLabels;

    VolumeCreate(Console console) {
        super(console);
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        Layout layout = volume.layout(ByteCount.parse("--size", size));
        LogFormat logFormat = LogFormats.parse("--log-format", format);
        VolumeFiles files = volume.files();
        Path result = folder().path().resolve(VolumeVerb.NAME + ".json");
        files.requireNew(result);
        // Nothing of the policy is kept in the files; any will do.
        FileVolume.create(files.log(), files.legs(), layout, Policy.BOUNCE_COPY, logFormat, !noLabels).close();
        if (dirty) {
            makeDirty(files.log(), layout);
        }
        // What the log says of itself is not to be given once more.
        FoundVolume found = FoundVolume.of(logFormat == LogFormat.HARDENED ? volume.logAlone() : volume, result);
        VolumeState state = VolumeState.of("create", found, Optional.empty());
        return VerbResult.of(Ending.AS_EXPECTED, state, state.text()).in(VolumeVerb.NAME);
    }

    /** A crash before this has ended leaves a volume that is clean, as its legs are equal, or a log that is not trusted. */
    private static void makeDirty(Path file, Layout layout) throws IOException {
        try (FileLeg leg = FileLeg.open(file, Access.READ_WRITE)) {
            LogImage image = LogImage.allDirty(layout.regions());
            Optional<Superblock> superblock = Superblock.find(leg);
            if (superblock.isPresent()) {
                DirtyRegionLog.create(leg, superblock.get(), image);
            } else {
                DirtyRegionLog.create(leg, image);
            }
        }
    }
}
