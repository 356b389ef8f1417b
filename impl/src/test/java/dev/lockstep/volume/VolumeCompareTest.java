package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A volume that compares its legs: what it reads, what it finds, and what it must not believe. */
class VolumeCompareTest {
    private static final long DEEP_STACK = 64L << 20;

    private static final int REGION = 16 << 10;
    private static final Layout LAYOUT = new Layout(3 * REGION + 4096 + 512, REGION, 3, 1);
    private static final int CUT_SHORT = 3;

    private final QueueSteps steps = new QueueSteps();
    private Rig rig;

    @BeforeEach
    void makeVolume() throws IOException {
        rig = Rig.inMemory(Policy.COMPARE_LEGS, LAYOUT);
    }

    private Volume opened(Rig devices) {
        Volume volume = devices.open(steps);
        steps.run();
        return volume;
    }

    private static ByteBuffer sector(int with) {
        ByteBuffer sector = ByteBuffer.allocateDirect(512);
        while (sector.hasRemaining()) {
            sector.put((byte) with);
        }
        return sector.flip();
    }

    /** The memory is changed when one leg has it and the others have not. */
    private void writeDifferently(Volume volume, long position) throws IOException {
        ByteBuffer memory = sector(1);
        int write = volume.submit(memory, position, new Told());
        steps.runAllBut(Action.LEG_WRITE);
        steps.run(new Step(Action.LEG_WRITE, write, 0));
        memory.put(511, (byte) 2);
        steps.run();
    }

    private void write(Volume volume, long position, int with) throws IOException {
        Told ended = new Told();
        volume.submit(sector(with), position, ended);
        steps.run();
        assertThat(ended.hasEnded()).isTrue();
    }

    @Test
    void legsThatAreEqualAreMarkedCleanAndLegsThatDifferAreResynced() throws IOException {
        Volume volume = opened(rig);
        write(volume, 512, 1);
        writeDifferently(volume, REGION + 8192);
        write(volume, CUT_SHORT * REGION + 4096, 3);
        volume.certify();
        steps.run();
        assertThat(rig.dirtyInLog()).as("without a sweep nothing is known of them").containsExactly(0, 1, 3);
        volume.sweep();
        steps.run();
        assertThat(Rig.in(volume, RegionState.NOSYNC)).containsExactly(1);
        assertThat(rig.dirtyInLog()).containsExactly(1);
        assertThatThrownBy(() -> volume.read(sector(0), REGION, 0)).as("read from the source alone")
                .isInstanceOf(IllegalArgumentException.class);
        volume.resync(1);
        steps.run();
        volume.certify();
        steps.run();
        assertThat(rig.differing()).isEmpty();
        assertThat(rig.dirtyInLog()).isEmpty();
        assertThat(rig.bytes(0, REGION + 8192 + 511, 1)).as("what the source had").containsExactly(2);
    }

    @Test
    void everyChunkIsReadFromEveryLegAndNothingElseIs() throws IOException {
        List<String> reads = new ArrayList<>();
        Volume volume = opened(rig.with(leg -> new ForwardingLeg(leg) {
            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                reads.add(leg.name() + " " + position + "+" + into.remaining());
                super.read(into, position);
            }
        }));
        write(volume, CUT_SHORT * REGION, 3);
        reads.clear();
        volume.sweep();
        steps.run();
        assertThat(reads).as("of the last region two chunks are there").containsExactlyInAnyOrder(
                "leg1 49152+4096", "leg0 49152+4096", "leg2 49152+4096", "leg1 53248+512", "leg0 53248+512", "leg2 53248+512");
    }

    /** Does something once, between the reading of the source and that of another leg. */
    private Rig between(Runnable meanwhile) {
        boolean[] done = {false};
        return rig.with(2, leg -> new ForwardingLeg(leg) {
            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                if (!done[0] && position == 0) {
                    done[0] = true;
                    meanwhile.run();
                }
                super.read(into, position);
            }
        });
    }

    @Test
    void whatWasReadBeforeAWriteIsNotBelieved() throws IOException {
        Volume[] volume = new Volume[1];
        volume[0] = opened(between(() -> Asking.ask(() -> {
            volume[0].submit(sector(2), 0, new Told());
            steps.runAllBut(Action.COMPARE);
        })));
        write(volume[0], 0, 1);
        volume[0].sweep();
        steps.run();
        assertThat(Rig.in(volume[0], RegionState.MAYBE_DIRTY)).as("neither clean nor out of sync").containsExactly(0);
        assertThat(rig.dirtyInLog()).containsExactly(0);
    }

    @Test
    void whatWasReadForAnEarlierSweepIsNotBelievedInTheNext() throws IOException {
        Volume[] volume = new Volume[1];
        volume[0] = opened(between(() -> Asking.ask(() -> {
            volume[0].submit(sector(2), 0, new Told());
            steps.runAllBut(Action.COMPARE);
            volume[0].sweep();
            steps.runAllBut(Action.COMPARE);
            assertThat(Rig.in(volume[0], RegionState.CLEAN_CANDIDATE)).as("of the second sweep").containsExactly(0);
        })));
        write(volume[0], 0, 1);
        volume[0].sweep();
        steps.run(Action.NOMINATE);
        steps.run(new Step(Action.COMPARE, 0, 0));
        int sweeps = volume[0].inspect(driver -> driver.sweeps());
        assertThat(sweeps).isEqualTo(2);
        assertThat(Rig.in(volume[0], RegionState.CLEAN_CANDIDATE)).as("a difference that is none").containsExactly(0);
        boolean todo = volume[0].inspect(driver -> driver.compareTodo(0, 0));
        assertThat(todo).as("it is to be compared for the second sweep").isTrue();
        steps.run();
        assertThat(Rig.in(volume[0], RegionState.CLEAN)).hasSize(4);
        assertThat(rig.dirtyInLog()).isEmpty();
    }

    /** Equal before the write, and different after it: here it would be worse to believe it. */
    @Test
    void thatTheLegsWereEqualForAnEarlierSweepIsNotBelievedEither() throws IOException {
        Volume[] volume = new Volume[1];
        boolean[] done = {false};
        volume[0] = opened(rig.with(2, leg -> new ForwardingLeg(leg) {
            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                super.read(into, position);
                if (!done[0] && position == 0) {
                    done[0] = true;
                    writeDifferently(volume[0], 0);
                    steps.runAllBut(Action.COMPARE);
                    volume[0].sweep();
                    steps.runAllBut(Action.COMPARE);
                }
            }
        }));
        write(volume[0], 0, 1);
        volume[0].sweep();
        steps.run(Action.NOMINATE);
        steps.run(new Step(Action.COMPARE, 0, 0));
        steps.run();
        assertThat(rig.differing()).containsExactly(0);
        assertThat(Rig.in(volume[0], RegionState.NOSYNC)).containsExactly(0);
        assertThat(rig.dirtyInLog()).containsExactly(0);
    }

    @Test
    void aLegThatCannotBeReadStopsTheVolume() throws IOException {
        for (int failing = 1; failing <= 4; failing++) {
            makeVolume();
            Faults faults = Faults.io(Faults.Kind.READ, failing);
            Volume volume = opened(rig.with(0, faults::around));
            write(volume, 0, 1);
            volume.sweep();
            steps.run();
            assertThat(faults.broken()).isTrue();
            assertThatThrownBy(() -> volume.flush(new Told())).isInstanceOf(IOException.class)
                    .hasMessage("the volume has stopped: leg0: READ failed; and the volume has no place to record that a leg is out of "
                            + "use, as its log is in dm-log's format; so it stops when a leg fails");
            assertThat(rig.dirtyInLog()).containsExactly(0);
            rig.recover();
        }
    }

    @Test
    void anUnmountComparesWhatIsLeftAndLeavesWhatDiffersDirty() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            makeVolume();
            Random random = new Random(seed);
            Volume volume = opened(rig);
            write(volume, 0, 1);
            writeDifferently(volume, REGION);
            write(volume, 2 * REGION, 1);
            if (random.nextBoolean()) {
                volume.sweep();
                runSome(random);
            }
            Told last = new Told();
            volume.submit(sector(7), 3 * REGION, last);
            while (!last.hasEnded()) {
                steps.run(steps.offered().get(random.nextInt(steps.offered().size())));
            }
            Told unmounted = new Told();
            volume.unmount(unmounted);
            steps.run(random);
            assertThat(unmounted.hasEnded()).as("seed " + seed).isTrue();
            assertThat(rig.dirtyInLog()).as("seed " + seed).containsExactly(1);
            rig.recover();
        }
    }

    private void runSome(Random random) {
        for (int run = random.nextInt(12); run > 0 && !steps.offered().isEmpty(); run--) {
            steps.run(steps.offered().get(random.nextInt(steps.offered().size())));
        }
    }

    /** On such an executor a step runs inside the one that it follows from; 500 of them need more stack than a thread has by default. */
    @Test
    void aSweepOfManyRegionsOnAnExecutorThatRunsATaskWhereItIs() throws Exception {
        FutureTask<Void> sweep = new FutureTask<>(() -> {
            sweepWhereItIs();
            return null;
        });
        Thread thread = new Thread(null, sweep, "deep", DEEP_STACK);
        thread.start();
        sweep.get();
    }

    private void sweepWhereItIs() throws IOException {
        Layout layout = new Layout(500L * 4096, 4096, 2, 0);
        rig = Rig.inMemory(Policy.COMPARE_LEGS, layout);
        try (ThreadSteps inline = new ThreadSteps(Runnable::run)) {
            Volume volume = rig.open(inline);
            for (int region = 0; region < layout.regions(); region++) {
                volume.submit(sector(region), region * 4096L, new Told());
            }
            rig.leg(1).write(sector(99), 77 * 4096L);
            volume.sweep();
            assertThat(Rig.in(volume, RegionState.NOSYNC)).containsExactly(77);
        }
        assertThat(rig.dirtyInLog()).containsExactly(77);
    }
}
