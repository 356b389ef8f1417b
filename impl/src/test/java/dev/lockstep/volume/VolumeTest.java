package dev.lockstep.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.log.DirtyRegionLog;
import dev.lockstep.log.LogImage;
import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.store.Flush;
import dev.lockstep.store.ForwardingLeg;
import dev.lockstep.store.Leg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The write path, rounds and sweeps on devices in memory, a step at a time. */
class VolumeTest {
    private static final int REGION = 16 << 10;
    private static final Layout TWO_LEGS = new Layout(3 * REGION, REGION, 2, 0);

    private final QueueSteps steps = new QueueSteps();

    private static ByteBuffer filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return ByteBuffer.allocateDirect(length).put(bytes).flip();
    }

    private static boolean clean(Volume volume, int region) {
        return volume.inspect(driver -> driver.bit(region));
    }

    /** Devices that note what is asked of them, in one list. */
    private static Leg noting(Leg leg, List<String> calls) {
        return new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                calls.add(leg.name() + " write " + position + "+" + from.remaining());
                super.write(from, position);
            }

            @Override
            public Flush beginFlush() {
                calls.add(leg.name() + " flush begins");
                Flush begun = super.beginFlush();
                return () -> {
                    begun.await();
                    calls.add(leg.name() + " flush ends");
                };
            }
        };
    }

    @Test
    void theLogIsDurablyDirtyBeforeALegIsWrittenAndTheLegsAreFlushedBeforeItIsClean() throws IOException {
        List<String> calls = new ArrayList<>();
        Volume volume = Rig.inMemory(Policy.ORIGINAL, TWO_LEGS).with(leg -> noting(leg, calls)).open(steps);
        steps.run();
        assertThat(calls).containsExactly("log write 0+1536", "log flush begins", "log flush ends");
        calls.clear();

        volume.submit(filled(1024, 1), REGION + 512, new Told());
        steps.run();
        assertThat(calls).containsExactly("log write 0+1536", "log flush begins", "log flush ends",
                "leg0 write 16896+1024", "leg1 write 16896+1024");
        calls.clear();

        volume.certify();
        steps.run();
        assertThat(calls).containsExactly("leg0 flush begins", "leg1 flush begins", "leg0 flush ends", "leg1 flush ends",
                "log write 0+1536", "log flush begins", "log flush ends");
    }

    @ParameterizedTest
    @CsvSource({"Original, false, true, true", "LockBuffers, false, true, true", "NeverClean, false, false, true",
            "FlushPeriod, false, false, true", "MaybeDirty, false, false, true", "BounceCopy, false, true, true",
            "CompareLegs, false, false, true"})
    void theBitOfADrainedRegionUnderEachPolicy(String policy, boolean afterWrite, boolean afterRound, boolean afterUnmount)
            throws IOException {
        Rig rig = Rig.inMemory(Policy.named(policy).orElseThrow(), TWO_LEGS);
        Volume volume = rig.open(steps);
        volume.submit(filled(512, 1), REGION, new Told());
        steps.run();
        assertThat(!rig.dirtyInLog().contains(1)).as("after the write").isEqualTo(afterWrite);
        volume.certify();
        steps.run();
        assertThat(!rig.dirtyInLog().contains(1)).as("after a round").isEqualTo(afterRound);
        Told unmounted = new Told();
        volume.unmount(unmounted);
        steps.run();
        assertThat(unmounted.hasEnded()).isTrue();
        assertThat(!rig.dirtyInLog().contains(1)).as("after the unmount").isEqualTo(afterUnmount);
        assertThat(rig.dirtyInLog()).isEmpty();
    }

    @Test
    void aSweepMarksCleanWhatWasNotWrittenDuringItsSync() throws IOException {
        Rig rig = Rig.inMemory(Policy.MAYBE_DIRTY, TWO_LEGS);
        Volume volume = rig.open(steps);
        List<Completion> syncs = new ArrayList<>();
        volume.syncWith(syncs::add);
        volume.submit(filled(512, 1), 0, new Told());
        volume.submit(filled(512, 1), REGION, new Told());
        steps.run();
        volume.sweep();
        steps.run();
        assertThat(Rig.in(volume, RegionState.CLEAN_CANDIDATE)).containsExactly(0, 1);
        volume.submit(filled(512, 2), REGION, new Told());
        steps.run();
        syncs.get(0).ended();
        steps.run();
        assertThat(rig.dirtyInLog()).containsExactly(1);
        assertThat(Rig.in(volume, RegionState.MAYBE_DIRTY)).containsExactly(1);
    }

    @Test
    void aSyncThatIsToldTwiceDoesNotEndTheNextOne() throws IOException {
        Volume volume = Rig.inMemory(Policy.MAYBE_DIRTY, TWO_LEGS).open(steps);
        List<Completion> syncs = new ArrayList<>();
        volume.syncWith(syncs::add);
        volume.submit(filled(512, 1), 0, new Told());
        steps.run();
        volume.sweep();
        steps.run();
        syncs.get(0).ended();
        steps.run(Action.SYNC_END);
        syncs.get(0).ended();
        steps.runAllBut(Action.SYNC_END);
        assertThat(clean(volume, 0)).isTrue();

        volume.submit(filled(512, 2), 0, new Told());
        steps.runAllBut(Action.SYNC_END);
        volume.sweep();
        steps.run();
        assertThat(syncs).hasSize(2);
        assertThat(clean(volume, 0)).as("the second sync() has not returned").isFalse();
    }

    @Test
    void withoutAnythingToSyncASweepGoesThrough() throws IOException {
        Volume volume = Rig.inMemory(Policy.MAYBE_DIRTY, TWO_LEGS).open(steps);
        volume.submit(filled(512, 1), 0, new Told());
        steps.run();
        volume.sweep();
        steps.run();
        assertThat(clean(volume, 0)).isTrue();
    }

    @Test
    void aFlushThatIsAskedForDuringARoundIsServedByTheNext() throws IOException {
        Volume volume = Rig.inMemory(Policy.ORIGINAL, TWO_LEGS).open(steps);
        steps.run();
        Told first = new Told();
        Told second = new Told();
        Told third = new Told();
        volume.flush(first);
        steps.run(Action.FLUSH_BEGIN);
        steps.run(Step.of(Action.LEG_FLUSH_END, 1));
        volume.flush(second);
        volume.flush(third);
        steps.run(Step.of(Action.LEG_FLUSH_END, 0));
        assertThat(first.times()).isZero();
        steps.run(Action.FLUSH_END);
        assertThat(first.hasEnded()).isTrue();
        assertThat(second.times()).isZero();
        steps.run();
        assertThat(second.hasEnded()).isTrue();
        assertThat(third.hasEnded()).isTrue();
    }

    @Test
    void aRoundThatCertifiesServesTheFlushesThatWait() throws IOException {
        Volume volume = Rig.inMemory(Policy.ORIGINAL, TWO_LEGS).open(steps);
        volume.submit(filled(512, 1), 0, new Told());
        steps.run();
        Told flushed = new Told();
        volume.certify();
        volume.flush(flushed);
        steps.run(Action.CERTIFY_BEGIN);
        steps.run();
        assertThat(flushed.hasEnded()).isTrue();
        assertThat(flushed.times()).isEqualTo(1);
        assertThat(clean(volume, 0)).isTrue();
    }

    @Test
    void aRoundWhoseChosenRegionIsWrittenEndsAsAFlush() throws IOException {
        Volume volume = Rig.inMemory(Policy.ORIGINAL, TWO_LEGS).open(steps);
        volume.submit(filled(512, 1), 0, new Told());
        steps.run();
        volume.certify();
        Told flushed = new Told();
        volume.flush(flushed);
        steps.runAllBut(Action.CERTIFY_END);
        volume.submit(filled(512, 2), 0, new Told());
        steps.run();
        assertThat(flushed.hasEnded()).isTrue();
        assertThat(clean(volume, 0)).isFalse();
        assertThat(Rig.in(volume, RegionState.CLEAN)).containsExactly(0, 1, 2);
    }

    @Test
    void underASharedPageTheLegsReadItInTheirOwnTimeAndUnderACopyTheyDoNot() throws IOException {
        for (Policy policy : Policy.all()) {
            Rig rig = Rig.inMemory(policy, TWO_LEGS);
            Volume volume = rig.open(steps);
            ByteBuffer page = filled(512, 1);
            Told ended = new Told();
            int write = volume.submit(page, 0, ended);
            steps.runAllBut(Action.LEG_WRITE);
            steps.run(new Step(Action.LEG_WRITE, write, 0));
            page.put(0, (byte) 2);
            steps.run();
            assertThat(ended.hasEnded()).isTrue();
            assertThat(rig.legsAgree(0)).as(policy.name()).isEqualTo(policy.equals(Policy.BOUNCE_COPY));
            volume.certify();
            steps.run();
            boolean desync = !rig.legsAgree(0) && rig.dirtyInLog().isEmpty();
            // Nobody locks the memory of a direct write but who owns it: idea 1 is the page cache's.
            assertThat(desync).as("the bug of 2008 under " + policy.name())
                    .isEqualTo(policy.equals(Policy.ORIGINAL) || policy.equals(Policy.LOCK_BUFFERS));
            steps.drop();
        }
    }

    @Test
    void aWriteInFlightHasANumberOfItsOwnAndAnEndedOnesIsUsedAgain() throws IOException {
        Volume volume = Rig.inMemory(Policy.ORIGINAL, TWO_LEGS).open(steps);
        assertThat(volume.submit(filled(512, 1), 0, new Told())).isZero();
        assertThat(volume.submit(filled(512, 2), 512, new Told())).isEqualTo(1);
        assertThat(volume.memoryOf(1)).isEqualTo(filled(512, 2));
        steps.run();
        assertThat(volume.memoryOf(1)).isNull();
        assertThat(volume.submit(filled(512, 3), 0, new Told())).isZero();
    }

    @Test
    void theLastRegionMayBeCutShort() throws IOException {
        Layout layout = new Layout(2 * REGION + 4096 + 512, REGION, 3, 1);
        Rig rig = Rig.inMemory(Policy.ORIGINAL, layout);
        Volume volume = rig.open(steps);
        volume.submit(filled(1024, 7), layout.bytes() - 1024, new Told());
        steps.run();
        assertThat(rig.bytes(2, layout.bytes() - 1024, 1024)).containsOnly(7);
        assertThatThrownBy(() -> volume.submit(filled(1024, 7), layout.bytes() - 512, new Told()))
                .isInstanceOf(IndexOutOfBoundsException.class).hasMessage("1024 bytes at 36864 do not lie in one region of "
                        + "16384 bytes of a volume of 37376");
        steps.drop();

        DirtyRegionLog.create(rig.log(), LogImage.allDirty(layout.regions()));
        rig.leg(0).write(filled(512, 9), layout.bytes() - 512);
        rig.recover();
        assertThat(rig.bytes(0, layout.bytes() - 1024, 1024)).containsOnly(7);
    }

    @Test
    void whatDoesNotLieInOneRegionIsRefused() throws IOException {
        Volume volume = Rig.inMemory(Policy.ORIGINAL, TWO_LEGS).open(steps);
        for (long position : new long[] {-512, REGION - 512, 3 * REGION, Long.MAX_VALUE - 511, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> volume.submit(filled(1024, 1), position, new Told()))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> volume.read(filled(1024, 1), position)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> volume.submit(filled(0, 1), 0, new Told())).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> volume.resync(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aRegionInUseIsReadFromTheSourceAlone() throws IOException {
        Volume volume = Rig.inMemory(Policy.ORIGINAL, TWO_LEGS).open(steps);
        volume.read(filled(512, 1), 0, 1);
        volume.submit(filled(512, 1), 0, new Told());
        volume.read(filled(512, 1), 0);
        assertThatThrownBy(() -> volume.read(filled(512, 1), 0, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leg 1 may not serve region 0, which is DIRTY");
    }

    @Test
    void devicesThatDoNotFitTheLayoutAreRefused() throws IOException {
        Rig rig = Rig.inMemory(Policy.ORIGINAL, TWO_LEGS);
        DirtyRegionLog log = DirtyRegionLog.open(rig.log(), 3);
        Leg leg = rig.leg(0);
        Layout longer = new Layout(3 * REGION + 512, REGION, 2, 0);
        assertThatThrownBy(() -> Volume.open(TWO_LEGS, List.of(leg), log, Policy.ORIGINAL, steps))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("1 legs are given; 2 are expected");
        assertThatThrownBy(() -> Volume.open(longer, List.of(leg, leg), DirtyRegionLog.open(rig.log(), 4), Policy.ORIGINAL,
                steps)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leg leg0 has 49152 bytes; at least 49664 are expected");
        assertThatThrownBy(() -> Volume.open(TWO_LEGS, List.of(leg, leg), DirtyRegionLog.open(rig.log(), 4),
                Policy.ORIGINAL, steps)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the log has 4 regions; 3 are expected");
        assertThat(steps.offered()).isEmpty();
    }

    @Test
    void aCompletionMayAskForMoreOnTheThreadThatToldIt() throws IOException {
        Rig rig = Rig.inMemory(Policy.BOUNCE_COPY, TWO_LEGS);
        try (ThreadSteps inline = new ThreadSteps(Runnable::run)) {
            Volume volume = rig.open(inline);
            Told flushed = new Told();
            Told second = new Told(() -> Asking.ask(() -> volume.flush(flushed)));
            Told first = new Told(() -> Asking.ask(() -> volume.submit(filled(512, 2), 0, second)));
            volume.submit(filled(512, 1), 0, first);
            assertThat(List.of(first.hasEnded(), second.hasEnded(), flushed.hasEnded())).containsOnly(true);
            assertThat(rig.bytes(1, 0, 512)).containsOnly(2);
            Told unmounted = new Told();
            volume.flush(new Told(() -> Asking.ask(() -> volume.unmount(unmounted))));
            assertThat(unmounted.hasEnded()).isTrue();
        }
        assertThat(rig.dirtyInLog()).isEmpty();
    }

    @Test
    void aStepThatComesTooLateDoesNothing() throws IOException {
        Volume volume = Rig.inMemory(Policy.ORIGINAL, TWO_LEGS).open(steps);
        volume.submit(filled(512, 1), 0, new Told());
        steps.runAllBut(Action.QUIESCE);
        volume.submit(filled(512, 2), 0, new Told());
        steps.run(Step.of(Action.QUIESCE, 0));
        assertThat(Rig.in(volume, RegionState.DIRTY)).containsExactly(0);
        steps.run();
        assertThat(Rig.in(volume, RegionState.DIRTY)).isEmpty();
    }

    /** The legs are written in every order that a seam can think of: without the rule they differ in most of these runs. */
    @Test
    void overlappingWritesReachAllLegsInTheOrderInWhichTheyWereSubmitted() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Rig rig = Rig.inMemory(Policy.BOUNCE_COPY, new Layout(3 * REGION, REGION, 3, 0));
            Volume volume = rig.open(steps);
            steps.run();
            byte[] expected = new byte[REGION];
            Random random = new Random(seed);
            for (int write = 1; write <= 8; write++) {
                int from = random.nextInt(8) * 512;
                int length = (1 + random.nextInt(4)) * 512;
                boolean discard = random.nextInt(4) == 0;
                if (discard) {
                    volume.discard(from, length, new Told());
                } else {
                    volume.submit(filled(length, write), from, new Told());
                }
                Arrays.fill(expected, from, from + length, (byte) (discard ? 0 : write));
            }
            steps.run(random);
            for (int leg = 0; leg < 3; leg++) {
                assertThat(rig.region(leg, 0)).as("leg " + leg + ", seed " + seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void aDiscardWritesZerosOnAllLegsUnderADirtyBit() throws IOException {
        List<String> calls = new ArrayList<>();
        int region = 1 << 20;
        Layout layout = new Layout(2 * region + 512, region, 2, 0);
        Rig rig = Rig.inMemory(Policy.MAYBE_DIRTY, layout);
        Volume volume = rig.with(leg -> noting(leg, calls)).open(steps);
        for (int leg = 0; leg < 2; leg++) {
            rig.leg(leg).write(filled((int) layout.bytes(), 7), 0);
        }
        steps.run();
        calls.clear();
        Told ended = new Told();
        volume.discard(region + 512, region - 1024, ended);
        assertThat(ended.hasEnded()).isFalse();
        steps.run();
        assertThat(ended.hasEnded()).isTrue();
        assertThat(calls.subList(0, 3)).containsExactly("log write 0+1536", "log flush begins", "log flush ends");
        assertThat(rig.dirtyInLog()).containsExactly(1);
        for (int leg = 0; leg < 2; leg++) {
            byte[] expected = new byte[(int) layout.bytes()];
            Arrays.fill(expected, (byte) 7);
            Arrays.fill(expected, region + 512, 2 * region - 512, (byte) 0);
            assertThat(rig.bytes(leg, 0, expected.length)).as("leg " + leg).isEqualTo(expected);
        }
        volume.discard(2 * region, 512, new Told());
        steps.run();
        assertThat(rig.region(1, 2)).as("the last region is short").isEqualTo(new byte[512]);
        assertThatThrownBy(() -> volume.discard(region - 512, 1024, new Told())).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("do not lie in one region");
    }
}
