package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an interrupt does to whoever waits in a page cache. A store's is told with what a store waits for: {@link PageCachePolicyTest}. */
@Timeout(60)
class PageCacheInterruptTest extends CacheOnQueue {
    private void writeBackBegun(Policy policy) throws IOException {
        open(policy, 1);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.runAllBut(Action.LEG_WRITE);
    }

    private static void assertInterrupted(Beside waited) throws InterruptedException {
        assertThat(waited.end()).isInstanceOf(InterruptedIOException.class).hasMessage("interrupted while page 0 was being written");
        assertThat(waited.interruptedAfter()).as("the thread is interrupted still").isTrue();
    }

    @Test
    void aPinThatIsInterruptedHoldsNothing() throws Exception {
        writeBackBegun(Policy.LOCK_BUFFERS);
        Beside pinning = Beside.begin(() -> cache.pin(0));
        assertThat(pinning.waits()).isTrue();
        assertInterrupted(pinning.interrupt());
        steps.run();
        assertThat(view.idle()).isTrue();
        assertThat(view.page(0)).as("it is forgotten, as nobody holds it").isNull();
    }

    @Test
    void aDropThatIsInterruptedDropsNothing() throws Exception {
        writeBackBegun(Policy.ORIGINAL);
        cache.storeMapped(0, filled(PAGE, 2));
        Beside dropping = Beside.begin(() -> cache.drop(0));
        assertThat(dropping.waits()).isTrue();
        assertInterrupted(dropping.interrupt());
        assertThat(view.pageDirty(0)).isTrue();
        steps.run();
        cache.writeBack(0);
        steps.run();
        assertThat(rig.bytes(1, 0, PAGE)).containsOnly(2);
    }

    @Test
    void aSyncIsNotCutShortByAnInterruptWhichStaysPending() throws Exception {
        writeBackBegun(Policy.ORIGINAL);
        Beside syncing = Beside.begin(() -> cache.sync());
        syncing.interrupt();
        steps.run(Action.LEG_WRITE);
        assertThat(view.syncWait(0)).as("it waits still").isTrue();
        steps.run();
        assertThat(syncing.end()).isNull();
        assertThat(syncing.interruptedAfter()).isTrue();
        assertThat(rig.bytes(1, 0, PAGE)).containsOnly(1);
    }

    /** One who waits and is interrupted takes nobody's turn: the others go on when the write has ended. */
    @Test
    void anInterruptIsOnlyForWhoeverIsInterrupted() throws Exception {
        writeBackBegun(Policy.LOCK_BUFFERS);
        Beside first = Beside.begin(() -> cache.storeMapped(0, filled(PAGE, 2)));
        Beside second = Beside.begin(() -> cache.storeMapped(0, filled(PAGE, 3)));
        assertInterrupted(first.interrupt());
        assertThat(second.waits()).isTrue();
        steps.run();
        assertThat(second.end()).isNull();
        assertThat(second.interruptedAfter()).isFalse();
        assertThat(view.page(0)).isEqualTo(filled(PAGE, 3));
    }

    @Test
    void whoDoesNotHaveToWaitIsNotInterrupted() throws IOException {
        open(Policy.LOCK_BUFFERS, 1);
        Thread.currentThread().interrupt();
        try (PagePin pin = cache.pin(1)) {
            pin.memory().put(0, (byte) 5);
            cache.markDirty(1);
        }
        storeAndMark(0, 4);
        cache.drop(0);
        assertThat(Thread.interrupted()).as("it is pending still").isTrue();
        assertThat(read(PAGE, 1)).containsOnly(5);
    }
}
