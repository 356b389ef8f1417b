package dev.lockstep.crash;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.Access;
import dev.lockstep.store.FileLeg;
import dev.lockstep.volume.Completion;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Volume;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Our mirror, the production code, on the files that the kernel's mirror has in the guest. Closing it closes the files and
 * nothing else, as the death of the process would. For one thread.
 */
final class OurMirror implements Closeable {
    private final OrderedSteps steps = new OrderedSteps();
    private final MirrorFiles files;
    private final List<FileLeg> legs = new ArrayList<>();
    private final FileLeg logLeg;
    private final DirtyRegionLog log;
    private final Volume volume;
    private IOException failure;

    private OurMirror(MirrorFiles files, Policy policy) throws IOException {
        this.files = files;
        try {
            for (int leg = 0; leg < 2; leg++) {
                legs.add(FileLeg.open(files.leg(leg), Access.READ_WRITE));
            }
            logLeg = FileLeg.open(files.log(), Access.READ_WRITE);
            legs.add(logLeg);
            log = DirtyRegionLog.open(logLeg, files.regions());
            volume = Volume.open(layout(files), legs.subList(0, 2), log, policy, steps);
            steps.run();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Layout layout(MirrorFiles files) {
        return new Layout((long) files.regions() * files.regionBytes(), files.regionBytes(), 2, 0);
    }

    /** Makes the log of a new mirror whose legs are equal. */
    static void createLog(MirrorFiles files) throws IOException {
        try (FileLeg leg = FileLeg.open(files.log(), Access.READ_WRITE)) {
            DirtyRegionLog.create(leg, LogImage.allClean(files.regions()));
        }
    }

    /** Opens what is in the files. */
    static OurMirror open(MirrorFiles files, Policy policy) throws IOException {
        return new OurMirror(files, policy);
    }

    /** {@return why the log was not trusted, if it was not} */
    Optional<String> distrust() {
        return log.distrust();
    }

    /** {@return the regions that are out of sync} */
    SortedSet<Integer> outOfSync() {
        return volume.inspect(view -> {
            SortedSet<Integer> found = new TreeSet<>();
            for (int region = 0; region < files.regions(); region++) {
                if (view.state(region) == RegionState.NOSYNC) {
                    found.add(region);
                }
            }
            return found;
        });
    }

    /** Writes whole regions, to the end, and asks that they be marked clean if the policy allows it. */
    void writeAndCertify(SortedSet<Integer> regions, char content) throws IOException {
        write(regions, content);
        volume.certify();
        steps.run();
        requireWell();
    }

    /** Writes whole regions, to the end; they stay dirty in the log. */
    void write(SortedSet<Integer> regions, char content) throws IOException {
        submit(regions, content);
        steps.run();
        requireWell();
    }

    /** Writes whole regions, but for one leg, which has nothing of it when this returns. */
    void writeButForLeg(SortedSet<Integer> regions, char content, int without) throws IOException {
        submit(regions, content);
        steps.runUnless(step -> step.action() == Action.LEG_WRITE && step.second() == without);
        requireWell();
    }

    private void submit(SortedSet<Integer> regions, char content) throws IOException {
        for (int region : regions) {
            ByteBuffer memory = ByteBuffer.allocateDirect(files.regionBytes());
            byte[] bytes = new byte[files.regionBytes()];
            Arrays.fill(bytes, (byte) content);
            volume.submit(memory.put(bytes).flip(), (long) region * files.regionBytes(), told());
        }
    }

    /** Resyncs every region that is out of sync, and unmounts. */
    void recoverAndUnmount() throws IOException {
        for (int region : outOfSync()) {
            volume.resync(region);
            steps.run();
        }
        requireWell();
        volume.unmount(told());
        steps.run();
        requireWell();
    }

    private Completion told() {
        return new Completion() {
            @Override
            public void ended() {
                // What is waited for is that no step is left.
            }

            @Override
            public void failed(IOException cause) {
                failure = cause;
            }
        };
    }

    private void requireWell() throws IOException {
        if (failure != null) {
            throw new IOException("our mirror failed: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() throws IOException {
        for (FileLeg each : legs) {
            each.close();
        }
    }
}
