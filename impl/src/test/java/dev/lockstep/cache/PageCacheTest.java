package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.Step;
import dev.lockstep.volume.Layout;
import dev.lockstep.volume.Rig;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Pages that are stored into, marked, written back and read, on devices in memory, a step at a time. */
class PageCacheTest extends CacheOnQueue {
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
    void aPageThatIsCopiedIsWrittenAsItWasBeforeAStoreThatCameBeforeItsSubmit() throws IOException {
        open(Policy.BOUNCE_COPY, 2);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.run(Action.WRITE_BACK_CLEAR);
        assertThat(view.copyIn(0)).isNull();
        steps.run(Action.COPY_PAGE);
        assertThat(view.copyIn(0)).isEqualTo(filled(PAGE, 1));
        assertThat(view.writeOf(0)).as("nothing is counted in yet").isEqualTo(-1);
        storeAndMark(0, 2);
        steps.run();
        assertThat(rig.bytes(0, 0, PAGE)).containsOnly(1);
        assertThat(rig.bytes(1, 0, PAGE)).containsOnly(1);
        assertThat(view.pageDirty(0)).as("it will be written again").isTrue();
        assertThat(read(0, PAGE)).containsOnly(2);
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
}
