package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.ForwardingLeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A volume's resync as a task: what it does, in which order, and how much of it a crash costs. */
class ResyncerTest {
    private static final int REGION = 16 << 20;
    private static final int SMALL = 4096;
    /** The last region is cut short. */
    private static final Layout LAYOUT = new Layout(6L * SMALL + 512, SMALL, 3, 1);

    private final PausedClock clock = new PausedClock();
    private final List<TaskProgress> told = new ArrayList<>();

    /** Legs that differ in every region, and a log that says which are clean. */
    private static Rig differing(Layout layout, int... clean) throws IOException {
        Rig rig = Rig.inMemory(Policy.MAYBE_DIRTY, layout);
        LogImage image = LogImage.allDirty(layout.regions());
        for (int region : clean) {
            image.markClean(region);
        }
        DirtyRegionLog.create(rig.log(), image);
        for (int region = 0; region < layout.regions(); region++) {
            if (!image.isClean(region)) {
                rig.leg(layout.source()).write(ByteBuffer.wrap(new byte[512]).put(9, (byte) 7), (long) region * layout.regionBytes());
            }
        }
        return rig;
    }

    private Resyncer resyncer(TaskRig on, long bytesPerSecond) {
        return new Resyncer(on, bytesPerSecond, clock, told::add);
    }

    private static void toTheEnd(PacedTask task) throws IOException {
        while (task.step() != PacedTask.ENDED) {
            // At once, as nothing limits it.
        }
    }

    @Test
    void everyRegionOutOfSyncIsResyncedAndCertifiedAndNoOtherIsTouched() throws IOException {
        List<String> touched = new ArrayList<>();
        Rig rig = differing(LAYOUT, 1, 2, 4);
        TaskRig on = new TaskRig(rig.with(leg -> new ForwardingLeg(leg) {
            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                if (leg != rig.log()) {
                    touched.add("" + position / SMALL);
                }
                super.read(into, position);
            }
        }));
        Resyncer task = resyncer(on, 0);
        assertThat(task.progress()).isEqualTo(new TaskProgress(0, 4, 0, 3 * SMALL + 512));
        toTheEnd(task);
        assertThat(rig.differing()).isEmpty();
        assertThat(rig.dirtyInLog()).isEmpty();
        assertThat(touched).doesNotContain("1", "2", "4");
        assertThat(told).containsExactly(new TaskProgress(1, 3, SMALL, 2 * SMALL + 512), new TaskProgress(2, 2, 2 * SMALL, SMALL + 512),
                new TaskProgress(3, 1, 3 * SMALL, 512), new TaskProgress(4, 0, 3 * SMALL + 512, 0),
                new TaskProgress(4, 0, 3 * SMALL + 512, 0));
        assertThat(on.events).extracting(VolumeEvent::kind).containsExactly(VolumeEvent.Kind.RESYNC_BEGUN, VolumeEvent.Kind.RESYNC_ENDED);
    }

    @Test
    void whatItReadsAndWritesIsWhatItIsPacedBy() throws IOException {
        Resyncer task = resyncer(new TaskRig(differing(LAYOUT)), 3 * SMALL);
        assertThat(task.step()).as("three legs, one region").isEqualTo(1_000_000_000);
    }

    @Test
    void aVolumeInSyncIsDoneAtOnceAndSaysNothing() throws IOException {
        TaskRig on = new TaskRig(Rig.inMemory(Policy.MAYBE_DIRTY, LAYOUT));
        assertThat(resyncer(on, 0).step()).isEqualTo(PacedTask.ENDED);
        assertThat(on.events).isEmpty();
    }

    @Test
    void aRegionThatGetsOutOfSyncBehindItIsResyncedToo() throws IOException {
        TaskRig on = new TaskRig(differing(LAYOUT, 0));
        Resyncer task = resyncer(on, 0);
        task.step();
        on.volume.suspect(0);
        toTheEnd(task);
        assertThat(told.get(told.size() - 1).regionsDone()).isEqualTo(7);
        assertThat(Rig.in(on.volume, RegionState.NOSYNC)).isEmpty();
    }

    @Test
    void aCrashCostsNoMoreThanWhatIsCertifiedTogether() throws IOException {
        Layout layout = new Layout(7L * REGION, REGION, 2, 0);
        Rig rig = differing(layout);
        Resyncer task = resyncer(new TaskRig(rig), 0);
        for (int region = 0; region < 6; region++) {
            task.step();
        }
        // Nothing is unmounted: the process has died.
        assertThat(rig.dirtyInLog()).as("four regions are what is certified together").containsExactly(4, 5, 6);
        TaskRig after = new TaskRig(rig);
        toTheEnd(resyncer(after, 0));
        assertThat(told.get(told.size() - 1).regionsDone()).as("what was certified is not resynced again").isEqualTo(3);
        assertThat(rig.differing()).isEmpty();
        assertThat(rig.dirtyInLog()).isEmpty();
    }

    @Test
    void oneThatIsStoppedCertifiesWhatItHasDoneAndAnotherGoesOn() throws IOException {
        TaskRig on = new TaskRig(differing(LAYOUT));
        Resyncer first = resyncer(on, 0);
        first.step();
        first.step();
        first.stop();
        assertThat(on.rig.dirtyInLog()).containsExactly(2, 3, 4, 5, 6);
        Resyncer second = resyncer(on, 0);
        toTheEnd(second);
        assertThat(second.progress().regionsDone()).isEqualTo(5);
        assertThat(on.rig.dirtyInLog()).isEmpty();
    }

    @Test
    void writesWhileItGoesOnAreThereOnAllLegs() throws IOException {
        TaskRig on = new TaskRig(differing(LAYOUT));
        Resyncer task = resyncer(on, 0);
        int with = 0;
        while (task.step() != PacedTask.ENDED) {
            for (int region = 0; region < LAYOUT.regions(); region++) {
                on.write((long) region * SMALL, ++with);
            }
        }
        for (int leg = 0; leg < LAYOUT.legs(); leg++) {
            for (int region = 0; region < LAYOUT.regions(); region++) {
                assertThat(on.rig.bytes(leg, (long) region * SMALL, 1)).containsExactly(with - LAYOUT.regions() + 1 + region);
            }
        }
        assertThat(on.rig.differing()).isEmpty();
    }
}
