package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Rig;
import dev.lockstep.volume.ThreadSteps;
import dev.lockstep.volume.Told;
import dev.lockstep.volume.Volume;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mirror on real files with threads: what is unmounted has equal legs, all that was stored, and a clean log. */
@Timeout(120)
class FreeRunningTest {
    private static final int STORES = 300;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}, {1} legs, seed {2}")
    @CsvSource({"Original, 2, 1", "LockBuffers, 2, 5", "NeverClean, 3, 2", "FlushPeriod, 3, 6", "MaybeDirty, 2, 3",
            "BounceCopy, 3, 4", "CompareLegs, 2, 7", "CompareLegs, 3, 8"})
    void anUnmountedVolumeHasEqualLegsAndACleanLog(String policy, int legs, long seed) throws Exception {
        Layout layout = new Layout(15 * (16 << 10) + 4096 + 512, 16 << 10, legs, legs - 1);
        Rig rig = Rig.onNewFiles(folder, Policy.named(policy).orElseThrow(), layout);
        byte[] expected;
        try (ThreadSteps steps = new ThreadSteps(4)) {
            Volume volume = rig.open(steps);
            PageCache cache = new PageCache(volume, steps, Workload.PAGE, 5);
            Workload workload = new Workload(volume, cache, seed, STORES);
            assertThat(workload.run()).isNull();
            expected = workload.expected();
            steps.await();
            assertThat(cache.view().idle()).isTrue();
            // Legs may have been found different while they were: that is mended by nothing but a resync.
            for (int region : Rig.in(volume, RegionState.NOSYNC)) {
                assertThat(policy).isEqualTo("CompareLegs");
                volume.resync(region);
                steps.await();
            }
            Told unmounted = new Told();
            volume.unmount(unmounted);
            unmounted.await();
        }
        rig = rig.reopened();
        for (int leg = 0; leg < legs; leg++) {
            assertThat(rig.bytes(leg, 0, (int) layout.bytes())).as("leg " + leg).isEqualTo(expected);
        }
        assertThat(rig.dirtyInLog()).isEmpty();
        rig.close();
    }
}
