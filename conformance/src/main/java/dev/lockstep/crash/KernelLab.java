package dev.lockstep.crash;

import dev.lockstep.guest.ClassFiles;
import dev.lockstep.guest.GuestDisk;
import dev.lockstep.guest.GuestImage;
import dev.lockstep.guest.RunningGuest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the experiments on the kernel's mirror share.
 *
 * @param image   what their guests boot from
 * @param classes the programs that run in them
 * @param folder  where the disks' files are
 * @param seed    what their choices are made from
 */
record KernelLab(GuestImage image, ClassFiles classes, Path folder, long seed) {

    /** A laboratory with the programs of this tier. */
    static KernelLab of(GuestImage image, Path folder, long seed) throws IOException {
        return new KernelLab(image, GuestClasses.all(), folder, seed);
    }

    /** Boots a guest with the disks of mirrors. */
    RunningGuest boot(MirrorFiles... mirrors) throws IOException {
        List<GuestDisk> disks = new ArrayList<>();
        for (MirrorFiles each : mirrors) {
            disks.addAll(each.disks());
        }
        return image.boot(disks, classes);
    }
}
