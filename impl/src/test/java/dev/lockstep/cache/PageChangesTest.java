package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.Step;
import dev.lockstep.volume.Told;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The ways in which a page is changed: marked first, pinned, dropped; and what waits for what. */
class PageChangesTest extends CacheOnQueue {
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
        Beside dropping = Beside.begin(() -> cache.drop(2));
        assertThat(dropping.waits()).isTrue();
        steps.run();
        assertThat(dropping.end()).isNull();
        assertThat(view.page(2)).isNull();
        assertThat(read(2 * PAGE, PAGE)).isEqualTo(filled(PAGE, 9).array());
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
}
