package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Rig;
import dev.lockstep.volume.ThreadSteps;
import dev.lockstep.volume.Told;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cache's sync(), alone and as a sweep calls it, and what it says when the volume has stopped. */
class PageCacheSyncTest extends CacheOnQueue {
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
    void whenTheVolumeStopsEverySyncIsToldAndNoLaterOneBegins() throws IOException {
        open(Rig.inMemory(Policy.ORIGINAL, LAYOUT).with(this::failing), 1);
        for (int page = 0; page < 3; page++) {
            storeAndMark(page, 1);
        }
        Told first = new Told();
        Told second = new Told();
        cache.sync(first);
        cache.sync(second);
        gone = true;
        steps.run();
        assertThat(first.hasFailed()).isTrue();
        assertThat(second.hasFailed()).isTrue();
        assertThat(first.cause()).hasMessage("gone");
        Told third = new Told();
        cache.sync(third);
        assertThat(third.hasFailed()).isTrue();
        cache.writeBack(2);
        steps.run();
        assertThat(view.pageDirty(2)).as("nothing more is written").isTrue();
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
