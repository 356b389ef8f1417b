package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a write costs, counted at the devices themselves. */
class VolumeCostTest {
    static final List<Policy> POLICIES = Policy.all();
    private static final Layout LAYOUT = new Layout(64 << 10, 4096, 2, 0);
    private static final int LOG = 2;
    private static final int WRITES = 50;

    /** Counts what reaches a device. */
    private static final class CountingLeg extends ForwardingLeg {
        private int writes;
        private int forces;

        CountingLeg(Leg leg) {
            super(leg);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            writes++;
            super.write(from, position);
        }

        @Override
        public Flush beginFlush() {
            forces++;
            return super.beginFlush();
        }
    }

    private final List<CountingLeg> devices = new ArrayList<>();

    private Volume open(Policy policy) throws IOException {
        Rig rig = Rig.inMemory(policy, LAYOUT).with(leg -> {
            devices.add(new CountingLeg(leg));
            return devices.get(devices.size() - 1);
        });
        return rig.open(new ThreadSteps(Runnable::run));
    }

    private static void write(Volume volume, int region, int value) throws IOException {
        Told told = new Told();
        volume.submit(ByteBuffer.allocate(512).put(0, (byte) value), (long) region * LAYOUT.regionBytes(), told);
        assertThat(told.hasEnded()).isTrue();
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void aRegionThatIsAlreadyDirtyIsWrittenWithoutTheLog(Policy policy) throws IOException {
        Volume volume = open(policy);
        write(volume, 3, 1);
        CountingLeg log = devices.get(LOG);
        int writes = log.writes;
        int forces = log.forces;
        for (int i = 0; i < WRITES; i++) {
            write(volume, 3, i);
        }
        assertThat(List.of(log.writes, log.forces)).isEqualTo(List.of(writes, forces));
        assertThat(devices.get(0).writes).isEqualTo(WRITES + 1);
        assertThat(devices.get(0).forces).isZero();
        write(volume, 4, 1);
        assertThat(List.of(log.writes, log.forces)).as("one that is clean costs a write of the log and a force")
                .isEqualTo(List.of(writes + 1, forces + 1));
    }

    @Test
    void sweepsDuringWhichARegionIsWrittenLeaveItDirty() throws IOException {
        Volume volume = open(Policy.MAYBE_DIRTY);
        List<Completion> syncs = new ArrayList<>();
        volume.syncWith(syncs::add);
        write(volume, 3, 1);
        int writes = devices.get(LOG).writes;
        for (int sweep = 0; sweep < 3; sweep++) {
            volume.sweep();
            write(volume, 3, sweep);
            syncs.get(sweep).ended();
            write(volume, 3, sweep + 1);
        }
        assertThat(volume.counters().sweeps()).isEqualTo(3);
        assertThat(devices.get(LOG).writes).isEqualTo(writes);
        volume.sweep();
        syncs.get(3).ended();
        assertThat(Rig.in(volume, RegionState.CLEAN)).as("one that is let alone is marked").contains(3);
        assertThat(devices.get(LOG).writes).isEqualTo(writes + 1);
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void theCountersAreWhatTheDevicesSee(Policy policy) throws IOException {
        Volume volume = open(policy);
        for (int i = 0; i < WRITES; i++) {
            write(volume, i % 16, i);
            if (i % 10 == 0) {
                volume.flush(new Told());
                volume.sweep();
                volume.certify();
            }
        }
        VolumeCounters counters = volume.counters();
        assertThat(counters.logWrites()).isEqualTo(devices.get(LOG).writes);
        assertThat(counters.logForces()).isEqualTo(devices.get(LOG).forces);
        assertThat(counters.legForces()).isEqualTo(devices.get(0).forces + devices.get(1).forces);
        assertThat(counters.writes()).isEqualTo(WRITES);
    }
}
