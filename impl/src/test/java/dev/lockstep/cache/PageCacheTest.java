package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.lockstep.volume.Told;
import dev.lockstep.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages, write-back and sync() on devices in memory, a step at a time. */
class PageCacheTest {
    private static final int PAGE = 4096;
    private static final Layout LAYOUT = new Layout(4 * (16 << 10), 16 << 10, 2, 0);

    private final QueueSteps steps = new QueueSteps();
    private Rig rig;
    private Volume volume;
    private PageCache cache;
    private CacheView view;

    private void open(Policy policy, int slots) throws IOException {
        open(policy, LAYOUT, slots);
    }

    private void open(Policy policy, Layout layout, int slots) throws IOException {
        rig = Rig.inMemory(policy, layout);
        volume = rig.open(steps);
        steps.run();
        cache = new PageCache(volume, steps, PAGE, slots);
        view = cache.view();
        volume.syncWith(cache);
    }

    private static ByteBuffer filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return ByteBuffer.wrap(bytes);
    }

    private void storeAndMark(long page, int with) throws IOException {
        cache.store(page * PAGE, filled(PAGE, with));
        cache.markDirty(page);
    }

    private byte[] read(long position, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        cache.read(into, position);
        return into.array();
    }

    @Test
    void aPageIsStoredMarkedWrittenAndForgotten() throws IOException {
        open(Policy.ORIGINAL, 2);
        cache.store(5 * PAGE + 512, filled(512, 7));
        assertThat(view.changing(5)).isTrue();
        assertThat(view.pageDirty(5)).isFalse();
        cache.writeBack(5);
        steps.run();
        assertThat(view.pageIn(0)).as("a page that is not page-dirty is not written").isEqualTo(-1);
        cache.markDirty(5);
        assertThat(view.changing(5)).isFalse();
        assertThat(view.mayWriteBack(5)).isTrue();
        assertThat(view.idle()).isFalse();
        cache.writeBack(5);
        steps.run(Action.WRITE_BACK_CLEAR);
        assertThat(view.pageDirty(5)).isFalse();
        assertThat(view.pageIn(0)).isEqualTo(5);
        assertThat(view.writeOf(0)).isEqualTo(-1);
        steps.run(Action.SUBMIT);
        assertThat(view.writeOf(0)).isZero();
        steps.run();
        assertThat(view.page(5)).isNull();
        assertThat(view.idle()).isTrue();
        assertThat(rig.bytes(1, 5 * PAGE + 512, 512)).containsOnly(7);
        assertThat(rig.bytes(1, 5 * PAGE, 512)).as("read before it was stored into").containsOnly(0);
        assertThat(read(5 * PAGE + 512, 512)).containsOnly(7);
    }

    @Test
    void aStoreDuringTheWriteShowsInTheLegThatReadsLater() throws IOException {
        open(Policy.ORIGINAL, 2);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.runAllBut(Action.LEG_WRITE);
        steps.run(new Step(Action.LEG_WRITE, 0, 1));
        storeAndMark(0, 2);
        steps.run();
        assertThat(rig.bytes(0, 0, PAGE)).containsOnly(2);
        assertThat(rig.bytes(1, 0, PAGE)).containsOnly(1);
        assertThat(view.pageDirty(0)).as("it will be written again").isTrue();
        cache.writeBack(0);
        steps.run();
        assertThat(rig.legsAgree(0)).isTrue();
    }

    @Test
    void aPageUnderWriteBackIsWrittenAgainOnlyAfter() throws IOException {
        open(Policy.ORIGINAL, 2);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.runAllBut(Action.LEG_WRITE);
        storeAndMark(0, 2);
        assertThat(view.mayWriteBack(0)).isFalse();
        cache.writeBack(0);
        steps.runAllBut(Action.LEG_WRITE);
        assertThat(view.pageIn(1)).isEqualTo(-1);
        assertThat(view.pageDirty(0)).isTrue();
        steps.run();
    }

    @Test
    void whatAnotherMarkedAndWroteNeedsNoMarkOfMyOwn() throws IOException {
        open(Policy.ORIGINAL, 2);
        cache.store(0, filled(512, 1));
        cache.store(512, filled(512, 2));
        cache.markDirty(0);
        cache.writeBack(0);
        steps.run();
        assertThat(view.page(0)).isNull();
        cache.markDirty(0);
        assertThat(view.idle()).isTrue();
        assertThat(rig.bytes(1, 0, 512)).containsOnly(1);
        assertThat(rig.bytes(1, 512, 512)).containsOnly(2);
    }

    @Test
    void aWriteBackThatFindsNoSlotWaitsForOne() throws IOException {
        open(Policy.ORIGINAL, 1);
        for (int page = 0; page < 5; page++) {
            storeAndMark(page, page + 1);
            cache.writeBack(page);
        }
        steps.run();
        assertThat(view.idle()).isTrue();
        for (int page = 0; page < 5; page++) {
            assertThat(rig.bytes(1, page * PAGE, PAGE)).containsOnly(page + 1);
        }
    }

    @Test
    void aSyncWritesMorePagesThanThereAreSlots() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            open(Policy.ORIGINAL, 1 + seed % 3);
            Random random = new Random(seed);
            for (int page = 0; page < 10; page++) {
                storeAndMark(page, page + 1);
            }
            cache.writeBack(3);
            Told synced = new Told();
            cache.sync(synced);
            for (int run = random.nextInt(30); run > 0 && !steps.offered().isEmpty(); run--) {
                steps.run(steps.offered().get(random.nextInt(steps.offered().size())));
            }
            storeAndMark(random.nextInt(10), 20);
            steps.run(random);
            assertThat(synced.hasEnded()).as("seed " + seed).isTrue();
            for (int page = 0; page < 10; page++) {
                assertThat(rig.bytes(1, page * PAGE, 1)[0]).as("page " + page + ", seed " + seed).isIn((byte) (page + 1), (byte) 20);
            }
        }
    }

    @Test
    void aSyncWithNothingToDoIsOverAtOnce() throws IOException {
        open(Policy.ORIGINAL, 1);
        cache.store(0, filled(512, 1));
        Told synced = new Told();
        cache.sync(synced);
        assertThat(synced.hasEnded()).as("a page that is not marked is not its business").isTrue();
    }

    @Test
    void aSyncWaitsForAWriteUnderWayAndForThatOfItsOwnAfter() throws IOException {
        open(Policy.ORIGINAL, 2);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.runAllBut(Action.LEG_WRITE);
        storeAndMark(0, 2);
        Told synced = new Told();
        cache.sync(synced);
        assertThat(view.syncDirty(0)).isTrue();
        assertThat(view.syncWait(0)).isTrue();
        steps.run(Action.LEG_WRITE);
        steps.run(Action.LEG_WRITE);
        steps.run(Action.END_WRITE);
        assertThat(view.syncDirty(0)).isTrue();
        assertThat(view.syncWait(0)).isFalse();
        steps.runAllBut(Action.LEG_WRITE);
        assertThat(view.syncDirty(0)).isFalse();
        assertThat(view.syncWait(0)).isTrue();
        assertThat(synced.times()).isZero();
        steps.run();
        assertThat(synced.hasEnded()).isTrue();
        assertThat(rig.bytes(1, 0, PAGE)).containsOnly(2);
    }

    @Test
    void twoSyncsEndEachInItsOwnTime() throws IOException {
        open(Policy.ORIGINAL, 2);
        storeAndMark(0, 1);
        Told first = new Told();
        cache.sync(first);
        steps.runAllBut(Action.END_WRITE);
        storeAndMark(1, 2);
        Told second = new Told();
        cache.sync(second);
        steps.runAllBut(Action.LEG_WRITE);
        assertThat(first.hasEnded()).isTrue();
        assertThat(second.times()).isZero();
        steps.run();
        assertThat(second.hasEnded()).isTrue();
        assertThat(first.times()).isEqualTo(1);
    }

    @Test
    void aSweepGoesThroughWhileItsUserSyncsToo() throws IOException {
        open(Policy.MAYBE_DIRTY, 2);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.run();
        storeAndMark(9, 2);
        Told synced = new Told();
        cache.sync(synced);
        steps.runAllBut(Action.LEG_WRITE);
        volume.sweep();
        steps.run();
        assertThat(synced.hasEnded()).isTrue();
        assertThat(rig.dirtyInLog()).as("region 0 was a candidate, region 2 was written").containsExactly(2);
    }

    @Test
    void aSweepMarksNoRegionCleanThatHasAPageOnItsWay() throws IOException {
        open(Policy.MAYBE_DIRTY, 4);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.run();
        storeAndMark(0, 2);
        cache.writeBack(0);
        steps.run(Action.WRITE_BACK_CLEAR);
        volume.sweep();
        steps.runAllBut(Action.SUBMIT);
        assertThat(Rig.in(volume, RegionState.CLEAN_CANDIDATE)).containsExactly(0);
        boolean certified = volume.inspect(driver -> driver.bit(0));
        assertThat(certified).as("its sync() waits for the page").isFalse();
        steps.run();
        assertThat(Rig.in(volume, RegionState.MAYBE_DIRTY)).containsExactly(0);
        assertThat(rig.dirtyInLog()).containsExactly(0);
    }

    @Test
    void theLastPageMayBeCutShort() throws IOException {
        Layout layout = new Layout(16384 + PAGE + 512, 16384, 2, 0);
        open(Policy.ORIGINAL, layout, 2);
        cache.store(layout.bytes() - 512, filled(100, 3));
        cache.markDirty(5);
        assertThat(view.page(5).remaining()).isEqualTo(512);
        cache.writeBack(5);
        steps.run();
        assertThat(rig.bytes(1, layout.bytes() - 512, 100)).containsOnly(3);
        cache.store(layout.bytes() - 512, filled(512, 4));
        assertThat(read(layout.bytes() - 512, 512)).containsOnly(4);
        cache.markDirty(5);
        cache.writeBack(5);
        steps.run();
        assertThat(rig.bytes(1, layout.bytes() - 512, 512)).containsOnly(4);
        storeAndMark(0, 5);
        assertThat(view.page(0).remaining()).as("memory that is used again").isEqualTo(PAGE);
        assertThatThrownBy(() -> cache.store(layout.bytes() - 512, filled(513, 1)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void whatDoesNotLieInOnePageOfTheVolumeIsRefused() throws IOException {
        open(Policy.ORIGINAL, 2);
        for (long position : new long[] {-1, PAGE - 1, LAYOUT.bytes(), LAYOUT.bytes() + PAGE, Long.MAX_VALUE - 1}) {
            assertThatThrownBy(() -> cache.store(position, filled(2, 1))).as("at " + position)
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        for (long position : new long[] {-1, LAYOUT.bytes() - 1, LAYOUT.bytes(), Long.MAX_VALUE - 1}) {
            assertThatThrownBy(() -> read(position, 2)).as("at " + position).isInstanceOf(IndexOutOfBoundsException.class);
        }
        for (long page : new long[] {-1, LAYOUT.bytes() / PAGE}) {
            assertThatThrownBy(() -> cache.markFirst(page)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> cache.pin(page)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(view.idle()).isTrue();
    }

    @Test
    void aReadMayGoOverManyPagesOfWhichSomeAreInTheCache() throws IOException {
        open(Policy.ORIGINAL, 2);
        storeAndMark(1, 3);
        storeAndMark(4, 5);
        byte[] expected = new byte[4 * PAGE];
        Arrays.fill(expected, 0, PAGE - 100, (byte) 3);
        Arrays.fill(expected, 3 * PAGE - 100, 4 * PAGE - 100, (byte) 5);
        assertThat(read(PAGE + 100, 4 * PAGE)).isEqualTo(expected);
    }

    @Test
    void aPageThatIsMarkedFirstIsStoredIntoLaterAndNotWrittenAgain() throws IOException {
        open(Policy.MAYBE_DIRTY, 1);
        cache.markFirst(2);
        assertThat(view.changing(2)).isTrue();
        assertThat(view.pageDirty(2)).isTrue();
        assertThat(view.page(2)).as("it was read").isEqualTo(ByteBuffer.allocate(PAGE));
        cache.writeBack(2);
        steps.run();
        assertThat(view.pageDirty(2)).isFalse();
        assertThat(view.changing(2)).as("the change is yet to come").isTrue();
        assertThat(view.idle()).isFalse();
        cache.storeMarked(2 * PAGE, filled(PAGE, 9));
        assertThat(view.idle()).isTrue();
        assertThat(view.page(2)).as("nothing is to be done with it").isNull();
        cache.writeBack(2);
        steps.run();
        assertThat(read(2 * PAGE, PAGE)).isEqualTo(new byte[PAGE]);
        assertThatThrownBy(() -> cache.storeMarked(2 * PAGE, filled(1, 9))).isInstanceOf(IllegalStateException.class)
                .hasMessage("page 2 is not marked page-dirty before it is stored into");
        assertThat(view.idle()).isTrue();
    }

    @Test
    void aPageThatTwoHaveMarkedFirstIsHeldByBoth() throws IOException {
        open(Policy.MAYBE_DIRTY, 1);
        cache.markFirst(2);
        cache.markFirst(2);
        cache.storeMarked(2 * PAGE, filled(PAGE, 9));
        assertThat(view.changing(2)).isTrue();
        cache.storeMarked(2 * PAGE, filled(1, 8));
        assertThat(view.changing(2)).isFalse();
        assertThat(view.pageDirty(2)).isTrue();
    }

    @Test
    void aPageThatIsDroppedIsNotWrittenAndNoSyncWaitsForIt() throws IOException {
        open(Policy.MAYBE_DIRTY, 1);
        storeAndMark(2, 9);
        storeAndMark(3, 8);
        Told synced = new Told();
        cache.sync(synced);
        assertThat(view.mayDrop(2)).isTrue();
        cache.drop(2);
        cache.drop(7);
        assertThat(view.syncDirty(2)).isFalse();
        assertThat(view.page(2)).isNull();
        assertThat(synced.times()).isZero();
        steps.run();
        assertThat(synced.hasEnded()).isTrue();
        assertThat(read(2 * PAGE, 2 * PAGE)).startsWith(new byte[PAGE]).endsWith(filled(PAGE, 8).array());
        storeAndMark(2, 9);
        Told other = new Told();
        cache.sync(other);
        cache.drop(2);
        assertThat(other.hasEnded()).as("it has nothing to wait for").isTrue();
    }

    @Test
    void aPageThatIsBeingChangedOrPinnedIsNotDropped() throws IOException {
        open(Policy.ORIGINAL, 1);
        cache.store(0, filled(1, 1));
        cache.markFirst(1);
        try (PagePin pin = cache.pin(2)) {
            for (long page = 0; page < 3; page++) {
                long dropped = page;
                assertThat(view.mayDrop(page)).isFalse();
                assertThatThrownBy(() -> cache.drop(dropped)).isInstanceOf(IllegalStateException.class)
                        .hasMessage("page " + page + " is being changed, and cannot be dropped");
            }
            assertThat(pin.page()).isEqualTo(2);
        }
        assertThat(view.mayDrop(2)).isTrue();
    }

    @Test
    void dropWaitsForThePagesWrite() throws Exception {
        open(Policy.ORIGINAL, 1);
        storeAndMark(2, 9);
        cache.writeBack(2);
        steps.run(Action.WRITE_BACK_CLEAR);
        assertThat(view.mayDrop(2)).isFalse();
        Thread dropping = new Thread(() -> {
            try {
                cache.drop(2);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        dropping.start();
        while (dropping.getState() != Thread.State.WAITING) {
            assertThat(dropping.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        steps.run();
        dropping.join();
        assertThat(view.page(2)).isNull();
        assertThat(read(2 * PAGE, PAGE)).isEqualTo(filled(PAGE, 9).array());
    }

    /** A slot's turn that a page has no use for any more goes to the next: else a sync() would wait for ever. */
    @Test
    void aPageThatHasGotItsSlotBeforeItsTurnKeepsNoneWaiting() throws IOException {
        open(Policy.ORIGINAL, 1);
        for (long page = 0; page < 3; page++) {
            storeAndMark(page, 1);
        }
        cache.writeBack(0);
        steps.run(Action.WRITE_BACK_CLEAR);
        cache.writeBack(1);
        cache.writeBack(2);
        steps.runAllBut(Action.SUBMIT);
        assertThat(view.pageDirty(1) && view.pageDirty(2)).as("both wait for a slot").isTrue();
        cache.writeBack(2);
        steps.runAllBut(Action.WRITE_BACK_CLEAR);
        List<Step> turns = steps.offered();
        assertThat(turns).containsExactly(Step.of(Action.WRITE_BACK_CLEAR, 2), Step.of(Action.WRITE_BACK_CLEAR, 1));
        steps.run(turns.get(0));
        steps.run();
        assertThat(view.idle()).isTrue();
    }

    @Test
    void aPinIsThePagesOwnMemoryWhichTheLegsReadEachInItsOwnTime() throws IOException {
        open(Policy.ORIGINAL, 1);
        try (PagePin pin = cache.pin(2)) {
            ByteBuffer memory = pin.memory();
            assertThat(memory.remaining()).isEqualTo(PAGE);
            memory.put(0, (byte) 7);
            cache.markDirty(2);
            cache.writeBack(2);
            steps.runAllBut(Action.LEG_WRITE);
            steps.run(new Step(Action.LEG_WRITE, 0, 0));
            memory.put(0, (byte) 8);
            steps.run();
            assertThat(rig.bytes(0, 2 * PAGE, 1)).isEqualTo(new byte[] {7});
            assertThat(rig.bytes(1, 2 * PAGE, 1)).isEqualTo(new byte[] {8});
            assertThat(view.page(2)).as("it stays").isNotNull();
            cache.markDirty(2);
        }
        assertThat(view.page(2)).as("it is page-dirty").isNotNull();
        cache.writeBack(2);
        steps.run();
        assertThat(rig.legsAgree(0)).isTrue();
        assertThat(view.idle()).isTrue();
    }

    @Test
    void whereBuffersAreLockedNoWriteOfAPinnedPageBegins() throws IOException {
        open(Policy.LOCK_BUFFERS, 1);
        Told synced = new Told();
        try (PagePin pin = cache.pin(2)) {
            pin.memory().put(0, (byte) 7);
            cache.markDirty(2);
            assertThat(view.mayWriteBack(2)).isFalse();
            cache.sync(synced);
            steps.run();
            assertThat(view.pageDirty(2)).isTrue();
            assertThat(synced.times()).isZero();
        }
        steps.run();
        assertThat(synced.hasEnded()).isTrue();
        assertThat(rig.bytes(1, 2 * PAGE, 1)).isEqualTo(new byte[] {7});
    }

    @Test
    void whatHasBeenPageDirtyForLongIsWrittenBack() throws IOException {
        rig = Rig.inMemory(Policy.ORIGINAL, LAYOUT);
        volume = rig.open(steps);
        steps.run();
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        cache = new PageCache(volume, steps, PAGE, 4, now::get);
        view = cache.view();
        storeAndMark(0, 1);
        now.addAndGet(10);
        storeAndMark(1, 1);
        storeAndMark(0, 2);
        cache.writeBackDirtySince(now.get() - 11);
        assertThat(steps.offered()).isEmpty();
        cache.writeBackDirtySince(now.get() - 10);
        steps.run();
        assertThat(view.pageDirty(0)).as("since its first store").isFalse();
        assertThat(view.pageDirty(1)).isTrue();
        cache.writeBackDirtySince(now.get());
        steps.run();
        assertThat(view.idle()).isTrue();
    }

    @Test
    void aCacheThatCouldNotWorkIsNotMade() throws IOException {
        open(Policy.ORIGINAL, 1);
        assertThatThrownBy(() -> new PageCache(volume, steps, 3000, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the page size is 3000 bytes; a part of the region size, 16384 bytes, without remainder is expected");
        assertThatThrownBy(() -> new PageCache(volume, steps, PAGE, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 pages may be under write-back; at least 1 is expected");
    }

    @Test
    void whenTheVolumeStopsEverySyncIsToldAndNoLaterOneBegins() throws IOException {
        rig = Rig.inMemory(Policy.ORIGINAL, LAYOUT);
        boolean[] gone = {false};
        volume = rig.with(leg -> failing(leg, gone)).open(steps);
        cache = new PageCache(volume, steps, PAGE, 1);
        steps.run();
        for (int page = 0; page < 3; page++) {
            storeAndMark(page, 1);
        }
        Told first = new Told();
        Told second = new Told();
        cache.sync(first);
        cache.sync(second);
        gone[0] = true;
        steps.run();
        assertThat(first.hasFailed()).isTrue();
        assertThat(second.hasFailed()).isTrue();
        assertThat(first.cause()).hasMessage("gone");
        Told third = new Told();
        cache.sync(third);
        assertThat(third.hasFailed()).isTrue();
        cache.writeBack(2);
        steps.run();
        assertThat(cache.view().pageDirty(2)).as("nothing more is written").isTrue();
        assertThat(read(0, 1)).as("what the cache has can be read").containsOnly(1);
    }

    @Test
    void aVolumeThatStopsBeforeTheSubmitFailsTheSyncToo() throws IOException {
        open(Policy.ORIGINAL, 1);
        storeAndMark(0, 1);
        Told synced = new Told();
        cache.sync(synced);
        steps.run(Action.WRITE_BACK_CLEAR);
        // Its owner should not have done that: a page is on its way.
        volume.unmount(new Told());
        steps.run();
        assertThat(synced.hasFailed()).isTrue();
        assertThat(synced.cause()).hasMessage("the volume is unmounted");
    }

    private static Leg failing(Leg leg, boolean[] gone) {
        return new ForwardingLeg(leg) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                if (gone[0]) {
                    throw new IOException("gone");
                }
                super.write(from, position);
            }
        };
    }

    @Test
    void manyPagesOnAnExecutorThatRunsATaskWhereItIs() throws IOException {
        Layout layout = new Layout(32L << 20, 16 << 10, 2, 0);
        rig = Rig.inMemory(Policy.MAYBE_DIRTY, layout);
        try (ThreadSteps inline = new ThreadSteps(Runnable::run)) {
            volume = rig.open(inline);
            cache = new PageCache(volume, inline, PAGE, 1);
            volume.syncWith(cache);
            for (int page = 0; page < layout.bytes() / PAGE; page++) {
                storeAndMark(page, page % 100 + 1);
            }
            Told synced = new Told();
            cache.sync(synced);
            assertThat(synced.hasEnded()).isTrue();
            volume.sweep();
        }
        assertThat(rig.dirtyInLog()).isEmpty();
        assertThat(IntStream.range(0, layout.regions()).allMatch(region -> agrees(region))).isTrue();
        assertThat(rig.bytes(1, 77L * PAGE, PAGE)).containsOnly(78);
    }

    private boolean agrees(int region) {
        try {
            return rig.legsAgree(region);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
