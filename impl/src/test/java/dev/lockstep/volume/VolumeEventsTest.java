package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.CleanWhen;
import dev.lockstep.region.LegsRead;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a volume tells of itself: to a listener as it happens, and in counters to whoever asks. */
class VolumeEventsTest {
    private static final int REGION = 4 << 10;
    private static final long LONGEST_SECONDS = 60;
    private static final Layout LAYOUT = new Layout(8 * REGION, REGION, 2, 0);
    private static final Policy SWEPT = new Policy("MaybeDirty", LegsRead.SHARED, CleanWhen.SWEEP);

    @TempDir
    private Path folder;

    private Path log;
    private List<Path> legs;
    private final List<VolumeEvent> told = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void files() {
        log = folder.resolve("log");
        legs = List.of(folder.resolve("leg0"), folder.resolve("leg1"));
    }

    @Test
    void aListenerIsToldOfTheOpeningAndOfTheEnd() throws IOException {
        try (FileVolume volume = FileVolume.create(log, legs, LAYOUT, SWEPT)) {
            volume.listen(told::add);
        }

        assertThat(told).extracting(VolumeEvent::kind).containsExactly(VolumeEvent.Kind.OPENED, VolumeEvent.Kind.CLOSED);
    }

    @Test
    void oneThatThrowsHarmsNothing() throws IOException {
        try (FileVolume volume = FileVolume.create(log, legs, LAYOUT, SWEPT)) {
            volume.listen(event -> {
                told.add(event);
                throw new IllegalStateException("of a listener");
            });
            volume.write(ByteBuffer.allocateDirect(REGION), 0);
        }

        assertThat(told).hasSize(2);
    }

    @Test
    void oneMayUseTheVolumeAndEvenCloseIt() throws Exception {
        FileVolume volume = FileVolume.create(log, legs, LAYOUT, SWEPT);
        CountDownLatch closed = new CountDownLatch(1);
        volume.listen(event -> {
            if (event.kind() == VolumeEvent.Kind.OPENED) {
                try {
                    volume.flush();
                    volume.close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
            told.add(event);
            if (event.kind() == VolumeEvent.Kind.CLOSED) {
                closed.countDown();
            }
        });
        assertThat(closed.await(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThat(told).extracting(VolumeEvent::kind).containsExactly(VolumeEvent.Kind.OPENED, VolumeEvent.Kind.CLOSED);
    }

    @Test
    void aDistrustedLogAndEachResyncedRegionAreTold() throws Exception {
        FileVolume.create(log, legs, LAYOUT, SWEPT).close();
        Files.write(log, new byte[4096]);
        try (FileVolume volume = FileVolume.open(log, VolumeDescription.of(legs, LAYOUT), SWEPT)) {
            CountDownLatch resynced = listenFor(volume, VolumeEvent.Kind.REGION_RESYNCED);
            volume.flush();
            volume.resync(3);
            assertThat(resynced.await(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(volume.counters().regionsResynced()).isEqualTo(1);
            assertThat(volume.counters().bytesResynced()).isEqualTo(REGION);
            assertThat(volume.counters().regions()).containsEntry(RegionState.NOSYNC, 7).containsEntry(RegionState.CLEAN, 1);
        }

        assertThat(told).extracting(VolumeEvent::kind).containsExactly(VolumeEvent.Kind.OPENED, VolumeEvent.Kind.LOG_DISTRUSTED,
                VolumeEvent.Kind.REGION_RESYNCED, VolumeEvent.Kind.CLOSED);
        assertThat(told.get(2).region()).hasValue(3);
    }

    @Test
    void countersCountWhatWasDone() throws IOException {
        try (FileVolume volume = FileVolume.create(log, legs, LAYOUT, SWEPT)) {
            volume.write(ByteBuffer.allocateDirect(2 * REGION), 0);
            volume.discard(2 * REGION, 512);
            volume.read(ByteBuffer.allocateDirect(512), 0);
            volume.flush();

            VolumeCounters counted = volume.counters();
            assertThat(counted.writes()).isEqualTo(2);
            assertThat(counted.bytesWritten()).isEqualTo(2 * REGION);
            assertThat(counted.discards()).isEqualTo(1);
            assertThat(counted.bytesDiscarded()).isEqualTo(512);
            assertThat(counted.reads()).isEqualTo(1);
            assertThat(counted.bytesRead()).isEqualTo(512);
            assertThat(counted.flushes()).isEqualTo(1);
            assertThat(counted.legForces()).isEqualTo(2);
            assertThat(counted.logWrites()).isPositive().isEqualTo(counted.logForces());
            assertThat(counted.regions()).containsEntry(RegionState.MAYBE_DIRTY, 3).containsEntry(RegionState.CLEAN, 5);
            assertThat(counted.regions().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(LAYOUT.regions());
        }
    }

    @Test
    void theEndOfASweepIsTold() throws Exception {
        try (FileVolume volume = FileVolume.create(log, legs, LAYOUT, SWEPT)) {
            CountDownLatch swept = listenFor(volume, VolumeEvent.Kind.SWEEP_ENDED);
            volume.write(ByteBuffer.allocateDirect(512), 0);
            volume.sweep();
            assertThat(swept.await(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(volume.counters().sweeps()).isEqualTo(1);
        }

        assertThat(told).extracting(VolumeEvent::kind)
                .containsExactly(VolumeEvent.Kind.OPENED, VolumeEvent.Kind.SWEEP_ENDED, VolumeEvent.Kind.CLOSED);
    }

    /** Keeps all that is told, and opens the latch at the first event of a kind. */
    private CountDownLatch listenFor(FileVolume volume, VolumeEvent.Kind kind) {
        CountDownLatch latch = new CountDownLatch(1);
        volume.listen(event -> {
            told.add(event);
            if (event.kind() == kind) {
                latch.countDown();
            }
        });
        return latch;
    }
}
