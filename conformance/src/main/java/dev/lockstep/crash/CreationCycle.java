package dev.lockstep.crash;

import dev.lockstep.crash.inside.ChildLife;
import dev.lockstep.crash.inside.ChildProcess;
import dev.lockstep.crash.inside.ChildTask;
import dev.lockstep.crash.inside.CycleResult;
import dev.lockstep.crash.inside.VolumeLog;
import dev.lockstep.log.LegLabel;
import dev.lockstep.log.LogContents;
import dev.lockstep.log.LogFormat;
import dev.lockstep.region.Policy;
import dev.lockstep.sut.RigFolder;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.store.StoreException;
import dev.lockstep.volume.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A kill while volumes are made. Wherever it falls: a log that can be trusted has all its legs beside it, whole and equal; and a
 * volume that was told to be made is there, with such a log.
 */
final class CreationCycle {
    private static final int VOLUMES = 400;
    private static final int LATEST = 150_000;

    private final CrashSettings settings;
    private final Policy policy;
    private final Layout layout;
    private final LogFormat format;
    private final String classPath;
    private final long seed;
    private final List<String> failures = new ArrayList<>();

    CreationCycle(CrashSettings settings, Policy policy, Layout layout, LogFormat format, String classPath, long seed) {
        this.settings = settings;
        this.policy = policy;
        this.layout = layout;
        this.format = format;
        this.classPath = classPath;
        this.seed = seed;
    }

    CycleResult run() throws IOException {
        try (RigFolder folder = RigFolder.in(settings.work(), "create-")) {
            List<Path> legs = new ArrayList<>();
            for (int leg = 0; leg < layout.legs(); leg++) {
                legs.add(Path.of("leg" + leg));
            }
            ChildTask task = new ChildTask(ChildTask.Job.CREATE, policy, seed, legs, folder.path(), layout, format, VOLUMES, 0, 0, 1,
                    Optional.empty());
            ChildLife.Fate fate = ChildProcess.run(classPath, task, new SplittableRandom(seed).nextInt(LATEST));
            int made = 0;
            for (int volume = 0; Files.isDirectory(folder.path().resolve("v" + volume)); volume++) {
                boolean told = fate.lines().contains("c " + volume);
                made += told ? 1 : 0;
                check(folder.path().resolve("v" + volume), told);
            }
            if (fate.late() || !fate.killed() && !fate.lines().contains("U")) {
                failures.add("a child that makes volumes died by itself, or did not end: " + fate.lines());
            }
            return new CycleResult(fate.killed() ? 1 : 0, 0, 0, 0, 0, 0, made, 0, 0, "", 0, List.copyOf(failures), Optional.empty());
        }
    }

    private void check(Path volume, boolean told) throws IOException {
        boolean trusted = trusted(volume.resolve("log"));
        if (told && !trusted) {
            failures.add("a volume was told to be made, and its log cannot be trusted");
        }
        if (trusted) {
            for (int leg = 0; leg < layout.legs(); leg++) {
                checkLeg(volume.resolve("leg" + leg), leg);
            }
        }
    }

    private boolean trusted(Path path) throws IOException {
        if (!Files.exists(path)) {
            return false;
        }
        try (FileLeg log = FileLeg.open(path, Access.READ_ONLY)) {
            return LogContents.read(log, layout.regions()).distrust().isEmpty();
        } catch (StoreException e) {
            // It has no length yet: no one can open it, so no one trusts it.
            return false;
        }
    }

    private void checkLeg(Path path, int number) throws IOException {
        if (!Files.exists(path) || Files.size(path) != VolumeLog.legBytes(format, layout)) {
            failures.add("a log can be trusted beside " + path.getFileName() + ", which is not there whole");
            return;
        }
        try (FileLeg leg = FileLeg.open(path, Access.READ_ONLY)) {
            ByteBuffer all = ByteBuffer.allocate((int) layout.bytes());
            leg.read(all, 0);
            if (all.flip().mismatch(ByteBuffer.allocate(all.limit())) >= 0) {
                failures.add("a log says that all is clean, and " + path.getFileName() + " holds something else than zeros");
            }
            if (format == LogFormat.HARDENED && LegLabel.find(leg, layout.bytes()).filter(label -> label.leg() == number).isEmpty()) {
                failures.add("a log can be trusted beside " + path.getFileName() + ", which has no label of its own");
            }
        }
    }
}
