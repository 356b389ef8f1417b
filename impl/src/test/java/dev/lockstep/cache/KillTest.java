package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.QueueSteps;
import dev.lockstep.volume.Rig;
import dev.lockstep.volume.ThreadSteps;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The process dies: its files are what they are, and a new process has to make do with them. */
@Timeout(120)
class KillTest {
    static final List<Policy> POLICIES = Policy.all();
    private static final int REGION = 16 << 10;
    private static final Layout LAYOUT = new Layout(8 * REGION, REGION, 3, 0);

    @TempDir
    Path folder;

    private static ByteBuffer page(int with) {
        ByteBuffer page = ByteBuffer.allocate(Workload.PAGE);
        while (page.hasRemaining()) {
            page.put((byte) with);
        }
        return page.flip();
    }

    @ParameterizedTest
    @FieldSource("POLICIES")
    void aRegionThatWasBeingWrittenIsOutOfSyncAndItsResyncMakesTheLegsEqual(Policy policy) throws IOException {
        Rig rig = Rig.onNewFiles(folder, policy, LAYOUT);
        QueueSteps steps = new QueueSteps();
        Volume volume = rig.open(steps);
        steps.run();
        PageCache cache = new PageCache(volume, steps, Workload.PAGE, 2);
        cache.store(5L * REGION, page(1));
        cache.markDirty(20);
        cache.writeBack(20);
        steps.runAllBut(Action.LEG_WRITE);
        steps.run(new Step(Action.LEG_WRITE, 0, 1));
        steps.drop();

        Rig after = rig.reopened();
        assertThat(after.differing()).containsExactly(5);
        Volume opened = after.open(steps);
        assertThat(Rig.in(opened, RegionState.NOSYNC)).containsExactly(5);
        ByteBuffer read = ByteBuffer.allocate(Workload.PAGE);
        opened.read(read, 5L * REGION);
        assertThat(read.array()).as("read from the source, which the write had not reached").containsOnly(0);
        steps.drop();
        after.recover();
        assertThat(after.bytes(1, 5L * REGION, Workload.PAGE)).containsOnly(0);
        after.close();
    }

    @Test
    void aResyncThatIsCutShortIsBegunAnew() throws IOException {
        Rig rig = Rig.onNewFiles(folder, Policy.ORIGINAL, LAYOUT);
        rig.leg(0).write(page(1), 3L * REGION);
        rig.leg(0).write(page(2), 4L * REGION - Workload.PAGE);
        DirtyRegionLog.create(rig.log(), LogImage.allDirty(8));
        QueueSteps steps = new QueueSteps();
        Volume volume = rig.open(steps);
        steps.run();
        volume.resync(3);
        steps.run(Action.RESYNC_BEGIN);
        assertThat(steps.offered()).as("four chunks, two legs").hasSize(8);
        steps.run(new Step(Action.RESYNC_COPY, 0, 2));
        assertThat(rig.bytes(2, 3L * REGION, Workload.PAGE)).containsOnly(1);
        steps.drop();
        Rig after = rig.reopened();
        assertThat(after.dirtyInLog()).hasSize(8);
        after.recover();
        assertThat(after.bytes(1, 4L * REGION - Workload.PAGE, Workload.PAGE)).containsOnly(2);
        after.close();
    }

    @ParameterizedTest
    @CsvSource({"0, another magic number", "4, another version", "8, another number of regions"})
    void aLogThatCannotBeTrustedMeansThatEveryRegionIsOutOfSync(int offset, String what) throws IOException {
        Rig rig = Rig.onNewFiles(folder, Policy.BOUNCE_COPY, LAYOUT);
        rig.leg(2).write(page(9), 2L * REGION + Workload.PAGE);
        rig.leg(0).write(page(8), 7L * REGION);
        rig.log().write(ByteBuffer.wrap(new byte[] {77}), offset);
        QueueSteps steps = new QueueSteps();
        Volume volume = rig.open(steps);
        assertThat(Rig.in(volume, RegionState.NOSYNC)).as(what).hasSize(8);
        steps.drop();
        Rig after = rig.reopened();
        after.recover();
        assertThat(after.bytes(2, 2L * REGION + Workload.PAGE, Workload.PAGE)).containsOnly(0);
        assertThat(after.bytes(1, 7L * REGION, Workload.PAGE)).containsOnly(8);
        after.close();
    }

    /**
     * Original is not among them: legs that differ under a clean bit are what it leaves. Neither is FlushPeriod, as a period
     * may end while a page that was taken has not been submitted yet.
     */
    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"NeverClean, 1", "NeverClean, 2", "MaybeDirty, 3", "MaybeDirty, 4", "MaybeDirty, 5", "BounceCopy, 6",
            "BounceCopy, 7", "BounceCopy, 8", "LockBuffers, 9", "LockBuffers, 10", "LockBuffers, 11", "CompareLegs, 12",
            "CompareLegs, 13", "CompareLegs, 14"})
    void atAnyMomentWhateverTheLogCallsCleanIsEqual(String policy, long seed) throws Exception {
        Rig rig = Rig.onNewFiles(folder, Policy.named(policy).orElseThrow(), LAYOUT);
        AtomicInteger sectors = new AtomicInteger(new Random(seed).nextInt(100, 4000));
        ThreadSteps steps = new ThreadSteps(4);
        Volume volume = rig.with(leg -> mortal(leg, sectors)).open(steps);
        PageCache cache = new PageCache(volume, steps, Workload.PAGE, 5);
        IOException ended = new Workload(volume, cache, seed, Integer.MAX_VALUE).run();
        assertThat(ended).isNotNull();
        steps.close();

        Rig after = rig.reopened();
        after.recover();
        after.close();
    }

    /** A leg that lives until so many sectors were written in all; a write may be cut off between two of them. */
    private static Leg mortal(Leg leg, AtomicInteger sectors) {
        return new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                long at = position;
                int limit = from.limit();
                while (from.position() < limit) {
                    if (sectors.decrementAndGet() < 0) {
                        throw new IOException("killed");
                    }
                    int length = Math.min(Leg.SECTOR, limit - from.position());
                    super.write(from.limit(from.position() + length), at);
                    at += length;
                }
            }
        };
    }

    @Test
    void theRegionsInUseAtTheTimeAreTheOnesOutOfSync() throws IOException {
        Rig rig = Rig.onNewFiles(folder, Policy.MAYBE_DIRTY, LAYOUT);
        QueueSteps steps = new QueueSteps();
        Volume volume = rig.open(steps);
        PageCache cache = new PageCache(volume, steps, Workload.PAGE, 8);
        volume.syncWith(cache);
        List<Integer> inUse = new ArrayList<>();
        for (int region : new int[] {1, 4, 6}) {
            cache.store((long) region * REGION, page(region));
            cache.markDirty(region * 4L);
            cache.writeBack(region * 4L);
            steps.run();
        }
        volume.sweep();
        steps.run();
        assertThat(rig.dirtyInLog()).isEmpty();
        for (int region : new int[] {4, 7}) {
            cache.store((long) region * REGION, page(region + 1));
            cache.markDirty(region * 4L);
            cache.writeBack(region * 4L);
            steps.run();
            inUse.add(region);
        }
        Rig after = rig.reopened();
        assertThat(Rig.in(after.open(steps), RegionState.NOSYNC)).isEqualTo(inUse);
        steps.drop();
        after.recover();
        after.close();
    }
}
