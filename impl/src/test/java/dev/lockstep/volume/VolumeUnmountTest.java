package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** An unmount, with whatever else is under way. */
class VolumeUnmountTest {
    static final List<Policy> POLICIES = Policy.all();
    private static final Layout LAYOUT = new Layout(3 * (16 << 10), 16 << 10, 2, 0);

    private final QueueSteps steps = new QueueSteps();
    private final Told unmounted = new Told();
    private Rig rig;

    @BeforeEach
    void makeVolume() throws IOException {
        rig = Rig.inMemory(Policy.MAYBE_DIRTY, LAYOUT);
    }

    private Volume opened() {
        Volume volume = rig.open(steps);
        steps.run();
        return volume;
    }

    private static ByteBuffer sector() {
        return ByteBuffer.allocateDirect(512);
    }

    private void assertUnmounted() {
        assertThat(unmounted.hasEnded()).isTrue();
        assertThat(rig.dirtyInLog()).isEmpty();
    }

    @Test
    void whileTheLogIsWrittenAfterOpening() throws IOException {
        Volume volume = rig.open(steps);
        volume.unmount(unmounted);
        steps.run(Action.UNMOUNT_BEGIN);
        assertThat(unmounted.times()).isZero();
        steps.run();
        assertUnmounted();
    }

    @Test
    void aFlushThatWasAskedForIsServedFirst() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            rig = Rig.inMemory(Policy.MAYBE_DIRTY, LAYOUT);
            Volume volume = opened();
            Told flushed = new Told();
            Told last = new Told();
            volume.flush(flushed);
            volume.unmount(last);
            steps.run(new Random(seed));
            assertThat(flushed.hasEnded()).as("the flush, seed " + seed).isTrue();
            assertThat(last.hasEnded()).as("the unmount, seed " + seed).isTrue();
        }
    }

    @Test
    void aFlushThatWaitsForTheNextRoundIsServedFirst() throws IOException {
        Volume volume = opened();
        Told first = new Told();
        Told second = new Told();
        volume.flush(first);
        steps.run(Action.FLUSH_BEGIN);
        volume.flush(second);
        volume.unmount(unmounted);
        steps.run();
        assertThat(first.hasEnded()).isTrue();
        assertThat(second.hasEnded()).isTrue();
        assertUnmounted();
    }

    @Test
    void aFlushUnderWayEndsDuringIt() throws IOException {
        Volume volume = opened();
        volume.submit(sector(), 0, new Told());
        steps.run();
        Told flushed = new Told();
        volume.flush(flushed);
        steps.run(Action.FLUSH_BEGIN);
        volume.unmount(unmounted);
        steps.run(Action.UNMOUNT_BEGIN);
        steps.run();
        assertThat(flushed.hasEnded()).isTrue();
        assertUnmounted();
    }

    @Test
    void duringASync() throws IOException {
        Volume volume = opened();
        List<Completion> syncs = new ArrayList<>();
        volume.syncWith(syncs::add);
        volume.submit(sector(), 0, new Told());
        steps.run();
        volume.sweep();
        steps.run();
        volume.unmount(unmounted);
        syncs.get(0).ended();
        steps.run(Action.UNMOUNT_BEGIN);
        steps.run();
        assertUnmounted();
        syncs.get(0).ended();
        assertThat(steps.offered()).isEmpty();
    }

    @Test
    void betweenTheNominationAndItsSync() throws IOException {
        Volume volume = opened();
        volume.syncWith(ended -> {
            throw new AssertionError("a sync() of a volume that closes");
        });
        volume.submit(sector(), 0, new Told());
        steps.run();
        volume.sweep();
        steps.runAllBut(Action.SYNC_BEGIN);
        volume.unmount(unmounted);
        steps.run(Action.UNMOUNT_BEGIN);
        steps.run();
        assertUnmounted();
    }

    @Test
    void aResyncUnderWayIsEndedAndNoOtherIsBegun() throws IOException {
        rig.leg(1).write(ByteBuffer.wrap(new byte[] {1}), 20_000);
        DirtyRegionLog.create(rig.log(), LogImage.allDirty(3));
        Volume volume = opened();
        volume.resync(1);
        steps.runAllBut(Action.RESYNC_COPY);
        volume.unmount(unmounted);
        steps.run(Action.UNMOUNT_BEGIN);
        volume.resync(2);
        assertThat(unmounted.times()).isZero();
        steps.run();
        assertThat(unmounted.hasEnded()).isTrue();
        assertThat(rig.differing()).isEmpty();
        assertThat(rig.dirtyInLog()).containsExactly(0, 2);
    }

    @Test
    void nothingIsTakenFromThenOn() throws IOException {
        Volume volume = opened();
        volume.unmount(unmounted);
        for (boolean begun : new boolean[] {false, true}) {
            assertThatThrownBy(() -> volume.submit(sector(), 0, new Told())).as("begun " + begun)
                    .isInstanceOf(IOException.class).hasMessage("the volume is unmounted");
            assertThatThrownBy(() -> volume.flush(new Told())).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> volume.unmount(new Told())).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> volume.read(sector(), 0)).isInstanceOf(IOException.class);
            steps.run();
        }
        assertUnmounted();
        volume.certify();
        volume.sweep();
        volume.resync(0);
        assertThat(steps.offered()).isEmpty();
    }

    @Test
    void notWithAWriteInFlight() throws IOException {
        Volume volume = opened();
        Told ended = new Told();
        volume.submit(sector(), 0, ended);
        steps.runAllBut(Action.END_WRITE);
        assertThatThrownBy(() -> volume.unmount(unmounted)).isInstanceOf(IllegalStateException.class)
                .hasMessage("a volume with a write in flight cannot be unmounted");
        steps.run();
        assertThat(ended.hasEnded()).as("the write goes on").isTrue();
        volume.unmount(unmounted);
        steps.run();
        assertUnmounted();
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void inEveryOrderOfStepsAllIsToldOnceAndTheLegsAgree(Policy policy) throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            rig = Rig.inMemory(policy, LAYOUT);
            rig.leg(1).write(ByteBuffer.allocate(700).putInt(0, 1), 17_000);
            LogImage image = LogImage.allClean(3);
            image.markDirty(1);
            DirtyRegionLog.create(rig.log(), image);
            Volume volume = rig.open(steps);
            List<Told> told = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                ask(volume, random, told);
                for (int run = random.nextInt(8); run > 0 && !steps.offered().isEmpty(); run--) {
                    steps.run(steps.offered().get(random.nextInt(steps.offered().size())));
                }
            }
            steps.run(random);
            volume.resync(1);
            steps.run(random);
            told.add(new Told());
            volume.unmount(told.get(told.size() - 1));
            steps.run(random);
            assertThat(told).as("seed " + seed).allMatch(Told::hasEnded);
            assertThat(rig.differing()).as("seed " + seed).isEmpty();
            assertThat(rig.dirtyInLog()).as("seed " + seed).isEmpty();
        }
    }

    private static void ask(Volume volume, Random random, List<Told> told) throws IOException {
        switch (random.nextInt(7)) {
            case 0 -> volume.certify();
            case 1 -> volume.sweep();
            case 2 -> volume.resync(1);
            case 3 -> {
                told.add(new Told());
                volume.flush(told.get(told.size() - 1));
            }
            default -> {
                ByteBuffer bytes = sector();
                random.ints(512).forEach(value -> bytes.put((byte) value));
                told.add(new Told());
                // One block each, as two writes to one block in flight may reach the legs in either order.
                volume.submit(bytes.flip(), told.size() * 512L, told.get(told.size() - 1));
            }
        }
    }
}
