package dev.lockstep.cli;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.DmLogFormat;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogImage;
import dev.lockstep.store.FileLeg;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    /** A log's length is a multiple of this: dm-mirror reads whole logical blocks of the log's device. */
    private static final int LARGEST_LOGICAL_BLOCK = 4096;

    @Mixin
    private VolumeOptions volume;

    @Option(names = "--size", required = true, paramLabel = "BYTES",
            description = "The length of the volume: a multiple of 512, with KiB, MiB, GiB or TiB if you like.")
    private String size;

    @Option(names = "--dirty",
            description = "Have every region dirty: when the volume is opened, all of it is resynced.")
    private boolean dirty;

    VolumeCreate(Console console) {
        super(console);
    }

    @Override
    VerbResult run(Progress progress) throws IOException {
        Layout layout = volume.layout(ByteCount.parse("--size", size));
        VolumeFiles files = volume.files();
        files.requireNew(folder().path().resolve(VolumeVerb.NAME + ".json"));
        LogImage image = dirty ? LogImage.allDirty(layout.regions()) : LogImage.allClean(layout.regions());
        try (NewFiles made = new NewFiles()) {
            List<VolumeState.LegFile> legs = new ArrayList<>();
            for (Path file : files.legs()) {
                legs.add(makeLeg(made, file, layout.bytes()));
            }
            // The log comes last: until it is whole, a crash leaves legs without a log that could be trusted.
            makeLog(made, files.log(), image);
            made.keep();
            VolumeState state = VolumeState.of("create", layout, files.log(), new LogContents(image, Optional.empty()),
                    legs);
            return VerbResult.of(Ending.AS_EXPECTED, state, state.text()).in(VolumeVerb.NAME);
        }
    }

    private static VolumeState.LegFile makeLeg(NewFiles made, Path file, long bytes) throws IOException {
        try (FileLeg leg = FileLeg.create(file, bytes)) {
            made.add(file);
            return VolumeState.LegFile.of(leg);
        }
    }

    private static void makeLog(NewFiles made, Path file, LogImage image) throws IOException {
        long used = DmLogFormat.requiredLength(image.regions());
        long length = (used + LARGEST_LOGICAL_BLOCK - 1) / LARGEST_LOGICAL_BLOCK * LARGEST_LOGICAL_BLOCK;
        try (FileLeg leg = FileLeg.create(file, length)) {
            made.add(file);
            DirtyRegionLog.create(leg, image);
        }
    }
}
