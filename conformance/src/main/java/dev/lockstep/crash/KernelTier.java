package dev.lockstep.crash;

import dev.lockstep.guest.Guest;
import dev.lockstep.guest.GuestImage;
import dev.lockstep.guest.GuestSettings;
import dev.lockstep.guest.MissingPackageException;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.RigFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The tier {@code kernel}: the Linux kernel's own mirror, dm-mirror with a disk log, in a throw-away guest. It shows the bug
 * of 2008 on the kernel of today, the control that it is not there without a store into a page under write, what {@code
 * queue/stable_writes} changes, and that ours and the kernel's recover from what the other left.
 *
 * <p>The power is cut by killing QEMU, which keeps all that the guest had handed to its disks; so what is shown is the work
 * of the mirror and not of a cache below it.
 */
public final class KernelTier {
    /** One race in eight, or fewer, ends with different legs where nothing holds a leg up: so there are many. */
    private static final int RACES = 120;

    private final Path work;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * A tier that has not run.
     *
     * @param work     a folder for the disks of the guests, made if it is not there; what is made in it is removed at the
     *                 end, but for the disks of an experiment that failed
     * @param seed     what choices are made from; the same seed makes the same
     * @param progress told a line about each experiment
     */
    public KernelTier(Path work, long seed, Consumer<String> progress) {
        this.work = work;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * Runs every experiment. What does not come out as it must is a failure in its run, and the other experiments go on.
     *
     * @return a run for each experiment
     * @throws MissingPartException if a part of the guest is not on this machine
     * @throws IOException          if the guest cannot be built
     */
    public List<CrashRun> run() throws IOException {
        GuestImage image = image();
        List<CrashRun> runs = new ArrayList<>();
        for (KernelTrial trial : trials()) {
            runs.add(run(trial, image));
        }
        return List.copyOf(runs);
    }

    private static GuestImage image() throws IOException {
        try {
            return Guest.build(GuestSettings.usual());
        } catch (MissingPackageException e) {
            MissingPartException missing = new MissingPartException(e.getMessage());
            missing.initCause(e);
            throw missing;
        }
    }

    /** The experiments, in the order in which they are run: the bug first. */
    private static List<KernelTrial> trials() {
        return List.of(
                new StoreTrial("dm-mirror, mmap", StoreTrial.How.MMAP, StoreTrial.Target.DEVICE, false, 2, 4),
                new StoreTrial("dm-mirror, O_DIRECT", StoreTrial.How.DIRECT, StoreTrial.Target.DEVICE, false, 1, 5),
                new StoreTrial("dm-mirror, O_DIRECT, legs equally fast", StoreTrial.How.RACE, StoreTrial.Target.DEVICE, false,
                        1, RACES),
                new MidWriteTrial("dm-mirror, cut in mid-write", 2),
                new StoreTrial("dm-mirror, ext4", StoreTrial.How.MMAP, StoreTrial.Target.EXT4, false, 1, 4),
                new StoreTrial("dm-mirror, ext4, stable_writes", StoreTrial.How.MMAP, StoreTrial.Target.EXT4, true, 1, 4),
                new StoreTrial("dm-mirror, mmap, stable_writes", StoreTrial.How.MMAP, StoreTrial.Target.DEVICE, true, 1, 4),
                new OursToKernelTrial("ours to dm-mirror", Policy.BOUNCE_COPY), new KernelToOursTrial("dm-mirror to ours"));
    }

    /** Moves the disks of an experiment to where they can be looked at. */
    private void keep(KernelTrial trial, Path disks) throws IOException {
        Path kept = Files.createTempDirectory(work, "failed-" + trial.name().replaceAll("[^A-Za-z0-9]+", "-") + "-");
        try (Stream<Path> files = Files.list(disks)) {
            for (Path each : files.toList()) {
                Files.move(each, kept.resolve(each.getFileName()));
            }
        }
        trial.expect(false, "its disks are kept in " + kept);
    }

    private CrashRun run(KernelTrial trial, GuestImage image) throws IOException {
        long start = System.nanoTime();
        Files.createDirectories(work);
        try (RigFolder folder = RigFolder.in(work, "kernel-")) {
            try {
                trial.carryOut(KernelLab.of(image, folder.path(), seed));
            } catch (IOException e) {
                trial.expect(false, e.getMessage().replace("\n", " | "));
            }
            if (trial.failed()) {
                keep(trial, folder.path());
            }
        }
        CrashRun run = trial.result();
        progress.accept(trial.name() + ": " + run.desyncs() + " of " + run.cycles() + " cuts left a desync, "
                + run.resyncBytes() + " bytes resynced, " + run.failures().size() + " failures, "
                + (System.nanoTime() - start) / 1_000_000_000 + " s");
        return run;
    }
}
