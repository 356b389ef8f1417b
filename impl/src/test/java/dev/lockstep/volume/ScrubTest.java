package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a scrub finds, what it does not take for a fault, and what its repair leaves. */
class ScrubTest {
    private static final int REGION = 16 << 10;
    /** The last region is cut short; the source is not the first leg. */
    private static final Layout LAYOUT = new Layout(4L * REGION + 4096 + 512, REGION, 3, 1);

    private final PausedClock clock = new PausedClock();
    private final Heard heard = new Heard();

    /** Keeps what it is told. */
    private static final class Heard implements ScrubListener {
        final List<Difference> differences = new ArrayList<>();
        final List<String> repairs = new ArrayList<>();
        TaskProgress last;

        @Override
        public void differs(Difference difference) {
            differences.add(difference);
        }

        @Override
        public void repaired(int region, int leg, String why) {
            repairs.add(region + " from " + leg + (why == null ? "" : ": " + why));
        }

        @Override
        public void progressed(TaskProgress progress) {
            last = progress;
        }

        List<Long> sectors() {
            return differences.stream().map(Difference::sector).toList();
        }
    }

    private static Rig clean(Policy policy) throws IOException {
        return Rig.inMemory(policy, LAYOUT);
    }

    private Scrub scrub(TaskVolume on, ScrubChoice choice) {
        return new Scrub(on, choice, 0, clock, heard);
    }

    private Scrub scrubbed(TaskVolume on, ScrubChoice choice) throws IOException {
        Scrub task = scrub(on, choice);
        while (task.step() != PacedTask.ENDED) {
            // At once, as nothing limits it.
        }
        return task;
    }

    @Test
    void everyDifferingSectorIsNamedWithItsRegionAndTheBytesOfEachLeg() throws IOException {
        TaskRig on = new TaskRig(clean(Policy.MAYBE_DIRTY));
        on.spoil(2, REGION + 1024, 7);
        on.spoil(0, REGION + 1536, 8);
        on.spoil(2, LAYOUT.bytes() - 512, 9);
        Scrub task = scrubbed(on, ScrubChoice.EVERY_REGION);
        assertThat(heard.sectors()).containsExactly((REGION + 1024) / 512L, (REGION + 1536) / 512L, LAYOUT.bytes() / 512 - 1);
        Difference first = heard.differences.get(0);
        assertThat(first.region()).isEqualTo(1);
        assertThat(first.state()).isEqualTo(RegionState.CLEAN);
        assertThat(first.clean()).isTrue();
        assertThat(first.isDesync()).isTrue();
        assertThat(first.legs()).containsOnlyKeys(0, 1, 2);
        assertThat(first.legs().get(0)).isEqualTo(new byte[512]);
        assertThat(first.legs().get(2)).isEqualTo(on.rig.bytes(2, REGION + 1024, 512)).startsWith(7);
        assertThat(heard.differences.get(2).region()).isEqualTo(4);
        assertThat(task.totals()).isEqualTo(new ScrubTotals(5, 0, 3, 0, 0, 0));
        assertThat(heard.last).isEqualTo(new TaskProgress(5, 0, LAYOUT.bytes(), 0));
        assertThat(on.events).extracting(VolumeEvent::kind).containsExactly(VolumeEvent.Kind.SCRUB_DIFFERENCE,
                VolumeEvent.Kind.SCRUB_DIFFERENCE, VolumeEvent.Kind.SCRUB_ENDED);
        assertThat(on.rig.differing()).as("nothing is repaired unless asked for").containsExactly(1, 4);
        assertThat(Rig.in(on.volume, RegionState.CLEAN)).hasSize(5);
    }

    @Test
    void legsThatAgreeLeaveNothingToReport() throws IOException {
        TaskRig on = new TaskRig(clean(Policy.MAYBE_DIRTY));
        on.write(REGION, 5);
        assertThat(scrubbed(on, ScrubChoice.EVERY_REGION).totals()).isEqualTo(new ScrubTotals(5, 0, 0, 0, 0, 0));
        assertThat(heard.differences).isEmpty();
    }

    @Test
    void whatDiffersUnderADirtyBitIsReportedWithItsStateAndIsNoDesync() throws IOException {
        TaskRig on = new TaskRig(clean(Policy.MAYBE_DIRTY));
        on.write(0, 5);
        on.spoil(2, 512, 7);
        on.volume.suspect(3);
        on.spoil(2, 3 * REGION, 7);
        Scrub all = scrubbed(on, ScrubChoice.EVERY_REGION);
        assertThat(heard.differences).extracting(Difference::state).containsExactly(RegionState.MAYBE_DIRTY, RegionState.NOSYNC);
        assertThat(heard.differences).noneMatch(Difference::isDesync).noneMatch(Difference::clean);
        assertThat(all.totals()).isEqualTo(new ScrubTotals(5, 0, 0, 2, 0, 0));
        heard.differences.clear();
        assertThat(scrubbed(on, ScrubChoice.CLEAN_REGIONS).totals()).isEqualTo(new ScrubTotals(3, 2, 0, 0, 0, 0));
        assertThat(heard.differences).isEmpty();
    }

    /** A volume whose steps are held while something is done between the reading of two legs. */
    private TaskRig interrupted(Rig rig, int times, Runnable meanwhile) {
        int[] left = {times};
        return new TaskRig(rig.with(2, leg -> new ForwardingLeg(leg) {
            @Override
            public void read(ByteBuffer into, long position) throws IOException {
                if (position == 0 && left[0] > 0) {
                    left[0]--;
                    meanwhile.run();
                }
                super.read(into, position);
            }
        }));
    }

    @Test
    void aWriteThatComesBetweenTheReadsIsNotTakenForADesync() throws IOException {
        TaskRig[] on = new TaskRig[1];
        on[0] = interrupted(clean(Policy.MAYBE_DIRTY), 1, () -> Asking.ask(() -> on[0].write(0, 9)));
        scrubbed(on[0], ScrubChoice.EVERY_REGION);
        assertThat(heard.differences).isEmpty();
    }

    @Test
    void aRegionThatIsWrittenAgainAndAgainIsReportedAsInUse() throws IOException {
        TaskRig[] on = new TaskRig[1];
        Rig rig = clean(Policy.ORIGINAL);
        on[0] = interrupted(rig, 99, () -> Asking.ask(() -> {
            on[0].write(1024, 9);
            // Under ORIGINAL it has drained, and is CLEAN and marked so, before the legs are read.
            on[0].certify();
        }));
        on[0].spoil(2, 512, 7);
        Scrub task = scrubbed(on[0], ScrubChoice.EVERY_REGION.repairingFrom(0));
        assertThat(heard.sectors()).containsExactly(1L);
        assertThat(heard.differences.get(0).inUse()).isTrue();
        assertThat(heard.differences.get(0).isDesync()).isFalse();
        assertThat(heard.repairs).as("it is not repaired by what was read while it was in use").isEmpty();
        assertThat(task.totals().otherwise()).isEqualTo(1);
    }

    @Test
    void aRepairFromALegMakesTheOthersWhatThatHolds() throws IOException {
        for (int from = 0; from < LAYOUT.legs(); from++) {
            TaskRig on = new TaskRig(clean(Policy.MAYBE_DIRTY));
            on.spoil(0, REGION, 1);
            on.spoil(1, REGION + 512, 2);
            on.spoil(2, REGION + 8192, 3);
            byte[] expected = on.rig.region(from, 1);
            heard.repairs.clear();
            Scrub task = scrubbed(on, ScrubChoice.CLEAN_REGIONS.repairingFrom(from));
            assertThat(heard.repairs).containsExactly("1 from " + from);
            assertThat(task.totals()).isEqualTo(new ScrubTotals(5, 0, 3, 0, 1, 0));
            assertThat(on.rig.differing()).isEmpty();
            assertThat(on.rig.region(0, 1)).as("what leg " + from + " held").isEqualTo(expected);
            assertThat(on.rig.dirtyInLog()).as("it is certified at the end").isEmpty();
        }
    }

    @Test
    void aRegionOutOfSyncIsNotRepairedFromALegThatMissedWrites() throws IOException {
        Rig rig = clean(Policy.MAYBE_DIRTY);
        DirtyRegionLog.create(rig.log(), LogImage.allDirty(LAYOUT.regions()));
        TaskRig on = new TaskRig(rig);
        on.write(0, 5);
        Scrub task = scrubbed(on, ScrubChoice.EVERY_REGION.repairingFrom(0));
        assertThat(heard.repairs).containsExactly("0 from 0: region 0 is out of sync: leg 0 may lack what the source has");
        assertThat(task.totals()).isEqualTo(new ScrubTotals(5, 0, 0, 1, 0, 1));
        assertThat(rig.bytes(1, 0, 1)).as("what was acknowledged").containsExactly(5);
    }

    @Test
    void aLegThatIsNotThereIsRefused() throws IOException {
        TaskRig on = new TaskRig(clean(Policy.MAYBE_DIRTY));
        assertThatThrownBy(() -> scrub(on, ScrubChoice.EVERY_REGION.repairingFrom(3))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leg 3 is to be repaired from; a leg of the volume is expected");
    }

    @Test
    void writesWaitWhileARegionIsRepairedAndAreNotUndoneByIt() throws IOException {
        QueueSteps steps = new QueueSteps();
        Rig rig = clean(Policy.MAYBE_DIRTY);
        rig.leg(0).write(ByteBuffer.wrap(new byte[512]).put(0, (byte) 1), 512);
        Volume volume = rig.open(steps);
        steps.run();
        Told before = new Told();
        volume.submit(sector(5), 0, before);
        Told repaired = new Told();
        Repair repair = new Repair(volume, 0, 0, repaired);
        repair.begin();
        Told held = new Told();
        int write = volume.submit(sector(6), 512, held);
        Told elsewhere = new Told();
        volume.submit(sector(7), REGION, elsewhere);
        steps.runAllBut(Action.SUSPECT);
        assertThat(before.hasEnded()).as("a write from before").isTrue();
        assertThat(elsewhere.hasEnded()).as("a write to another region").isTrue();
        assertThat(held.times()).as("a write to the region").isZero();
        assertThat(volume.memoryOf(write)).as("it is taken all the same").isNotNull();
        steps.run(Action.SUSPECT);
        steps.runAllBut(Action.LEG_WRITE, Action.RESYNC_COPY);
        assertThat(held.times()).as("while the source is written").isZero();
        assertThat(Rig.in(volume, RegionState.NOSYNC)).containsExactly(0);
        steps.run();
        assertThat(held.hasEnded()).isTrue();
        assertThat(repaired.hasEnded()).isTrue();
        assertThat(repair.obstacle()).isNull();
        assertThat(rig.differing()).isEmpty();
        for (int leg = 0; leg < LAYOUT.legs(); leg++) {
            assertThat(rig.bytes(leg, 0, 1)).containsExactly(5);
            assertThat(rig.bytes(leg, 512, 1)).as("the user's write, and not what the chosen leg held").containsExactly(6);
        }
    }

    private static ByteBuffer sector(int with) {
        return ByteBuffer.allocateDirect(512).put(0, (byte) with);
    }

    @Test
    void aVolumeThatFailsDuringARepairTellsEveryoneWhoWaits() throws IOException {
        QueueSteps steps = new QueueSteps();
        Rig rig = clean(Policy.MAYBE_DIRTY);
        rig.leg(0).write(ByteBuffer.wrap(new byte[512]).put(0, (byte) 1), 512);
        Rig broken = rig.with(LAYOUT.legs(), leg -> Faults.io(Faults.Kind.FLUSH, 2).around(leg));
        Volume volume = broken.open(steps);
        steps.run();
        Told repaired = new Told();
        new Repair(volume, 0, 0, repaired).begin();
        Told held = new Told();
        volume.submit(sector(6), 512, held);
        steps.run();
        assertThat(repaired.hasFailed()).isTrue();
        assertThat(held.hasFailed()).isTrue();
        assertThat(rig.bytes(LAYOUT.source(), 512, 1)).as("nothing is written under a log that is not durable").containsExactly(0);
    }

    /** A leg that keeps the order of what is asked of all devices. */
    private static Leg recording(Leg leg, List<String> calls) {
        return new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                calls.add(leg.name() + " write");
                super.write(from, position);
            }
        };
    }

    @Test
    void theLogIsWrittenBeforeTheSourceAndTheSourceBeforeTheOthers() throws IOException {
        List<String> calls = new ArrayList<>();
        Rig rig = clean(Policy.MAYBE_DIRTY);
        TaskRig on = new TaskRig(rig.with(leg -> recording(leg, calls)));
        calls.clear();
        rig.leg(2).write(ByteBuffer.wrap(new byte[512]).put(0, (byte) 1), REGION);
        scrubbed(on, ScrubChoice.CLEAN_REGIONS.repairingFrom(2));
        assertThat(calls.subList(0, 3)).containsExactly("log write", "leg1 write", "leg0 write");
        assertThat(calls.get(calls.size() - 1)).as("its bit is turned to clean").isEqualTo("log write");
    }
}
