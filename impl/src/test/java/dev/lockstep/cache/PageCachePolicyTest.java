package dev.lockstep.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.region.Action;
import dev.lockstep.region.Policy;
import dev.lockstep.region.RegionState;
import dev.lockstep.region.Step;
import dev.lockstep.volume.Rig;
import dev.lockstep.volume.Told;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy asks of the page cache: idea 1's lock, and idea 3's pass. */
@Timeout(60)
class PageCachePolicyTest extends CacheOnQueue {
    private void open(Policy policy) throws IOException {
        open(Rig.inMemory(policy, LAYOUT));
    }

    private void open(Rig devices) throws IOException {
        open(devices.with(this::failing), 2);
        volume.syncWith(cache::pass);
    }

    private static ByteBuffer page(int with) {
        return filled(PAGE, with);
    }

    /** A store on a thread of its own. */
    private Beside storing() {
        return Beside.begin(() -> cache.store(0, page(2)));
    }

    @Test
    void aStoreWaitsFromWriteBackClearToEndWrite() throws Exception {
        open(Policy.LOCK_BUFFERS);
        storeAndMark(0, 1);
        assertThat(view.mayStore(0)).as("page-dirty, and not under write-back").isTrue();
        cache.writeBack(0);
        steps.run(Action.WRITE_BACK_CLEAR);
        assertThat(view.mayStore(0)).isFalse();
        assertThat(view.mayStore(1)).as("another page").isTrue();
        Beside storing = storing();
        steps.runAllBut(Action.LEG_WRITE);
        steps.run(new Step(Action.LEG_WRITE, 0, 1));
        steps.run(new Step(Action.LEG_WRITE, 0, 0));
        assertThat(storing.waits()).isTrue();
        assertThat(view.mayStore(0)).isFalse();
        steps.run(Action.END_WRITE);
        assertThat(storing.end()).isNull();
        assertThat(view.mayStore(0)).isTrue();
        assertThat(view.changing(0)).isTrue();
        assertThat(view.page(0)).isEqualTo(page(2));
        assertThat(rig.legsAgree(0)).isTrue();
        assertThat(rig.bytes(0, 0, PAGE)).containsOnly(1);
    }

    @Test
    void nothingButAStoreWaits() throws IOException {
        open(Policy.LOCK_BUFFERS);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.run(Action.WRITE_BACK_CLEAR);
        cache.markDirty(0);
        ByteBuffer read = ByteBuffer.allocate(PAGE);
        cache.read(read, 0);
        assertThat(read.flip()).isEqualTo(page(1));
        storeAndMark(1, 3);
        assertThat(view.pageDirty(0)).isTrue();
        steps.run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Original", "NeverClean", "FlushPeriod", "MaybeDirty", "BounceCopy", "CompareLegs"})
    void underTheOtherPoliciesNoStoreWaits(String policy) throws IOException {
        open(Policy.named(policy).orElseThrow());
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.run(Action.WRITE_BACK_CLEAR);
        assertThat(view.mayStore(0)).isTrue();
        storeAndMark(0, 2);
        assertThat(view.page(0)).isEqualTo(page(2));
        steps.run();
    }

    @Test
    void whoeverWaitsIsToldThatTheVolumeHasStopped() throws Exception {
        open(Policy.LOCK_BUFFERS);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.runAllBut(Action.LEG_WRITE);
        Beside storing = storing();
        gone = true;
        steps.run();
        assertThat(storing.end()).hasMessage("page 0 stays locked, as its write will not end: gone").hasRootCauseMessage("gone");
        assertThatThrownBy(() -> cache.store(0, page(3))).as("nor can it be stored into later").isInstanceOf(IOException.class)
                .hasMessage("page 0 stays locked, as its write will not end: gone");
        storeAndMark(1, 4);
        assertThat(view.page(0)).isEqualTo(page(1));
    }

    @Test
    void whoeverWaitsForAWriteThatIsNotTakenIsToldToo() throws Exception {
        open(Policy.LOCK_BUFFERS);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.run(Action.WRITE_BACK_CLEAR);
        Beside storing = storing();
        // Its owner should not have done that: a page is on its way.
        volume.unmount(new Told());
        steps.run();
        assertThat(storing.end()).hasMessage("page 0 stays locked, as its write will not end: the volume is unmounted");
    }

    @Test
    void whoeverWaitsForAStepThatIsCutShortIsToldToo() throws Exception {
        open(Policy.LOCK_BUFFERS);
        boolean[] closed = {false};
        cache = new PageCache(volume, (step, body) -> {
            if (closed[0]) {
                throw new IllegalStateException("closed");
            }
            steps.offer(step, body);
        }, PAGE, 2);
        storeAndMark(0, 1);
        cache.writeBack(0);
        closed[0] = true;
        assertThatThrownBy(() -> steps.run(Action.WRITE_BACK_CLEAR)).isInstanceOf(IllegalStateException.class);
        assertThat(storing().end()).hasMessage("page 0 stays locked, as its write will not end: "
                + "WriteBackClear(0, 0) was cut short: java.lang.IllegalStateException: closed");
    }

    @Test
    void anInterruptEndsTheWaitAndHarmsNoLeg(@TempDir Path folder) throws Exception {
        open(Rig.onNewFiles(folder, Policy.LOCK_BUFFERS, LAYOUT));
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.runAllBut(Action.LEG_WRITE);
        Beside storing = storing();
        storing.interrupt();
        assertThat(storing.end()).isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted while page 0 was being written");
        assertThat(storing.interruptedAfter()).as("the thread is interrupted still").isTrue();
        assertThat(view.page(0)).as("nothing is stored").isEqualTo(page(1));
        assertThat(view.changing(0)).isFalse();
        steps.run();
        assertThat(rig.bytes(0, 0, PAGE)).containsOnly(1);
        assertThat(rig.legsAgree(0)).isTrue();
        cache.store(0, page(2));
        rig.close();
    }

    @Test
    void aPassIsOverWhenEveryPageThatWasPageDirtyHasBeenTaken() throws IOException {
        open(Policy.FLUSH_PERIOD);
        storeAndMark(0, 1);
        storeAndMark(5, 1);
        cache.store(9L * PAGE, page(1));
        Told over = new Told();
        cache.pass(over);
        assertThat(view.syncDirty(0)).isTrue();
        assertThat(view.syncDirty(9)).as("not marked").isFalse();
        storeAndMark(10, 1);
        steps.run(Step.of(Action.WRITE_BACK_CLEAR, 0));
        assertThat(view.syncDirty(0)).isFalse();
        assertThat(view.syncWait(0)).isFalse();
        assertThat(over.times()).isZero();
        steps.run(Step.of(Action.WRITE_BACK_CLEAR, 5));
        assertThat(over.hasEnded()).as("no write has even been submitted").isTrue();
        steps.run();
        assertThat(over.times()).isEqualTo(1);
        assertThat(view.pageDirty(10)).as("dirty since, and left to the next").isTrue();
    }

    @Test
    void aPassWithNothingToTakeIsOverAtOnceWhateverIsUnderWay() throws IOException {
        open(Policy.FLUSH_PERIOD);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.runAllBut(Action.LEG_WRITE);
        Told over = new Told();
        cache.pass(over);
        assertThat(over.hasEnded()).isTrue();
    }

    @Test
    void aPageThatIsDirtyAgainWhileItIsWrittenIsTakenAfterwards() throws IOException {
        open(Policy.FLUSH_PERIOD);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.runAllBut(Action.LEG_WRITE);
        storeAndMark(0, 2);
        Told over = new Told();
        cache.pass(over);
        steps.runAllBut(Action.LEG_WRITE);
        assertThat(over.times()).as("it has one write at a time").isZero();
        steps.run(Action.LEG_WRITE);
        steps.run(Action.LEG_WRITE);
        steps.run(Action.END_WRITE);
        assertThat(over.times()).isZero();
        steps.run(Action.WRITE_BACK_CLEAR);
        assertThat(over.hasEnded()).isTrue();
    }

    @Test
    void aPassThatCannotEndIsToldSo() throws IOException {
        open(Policy.FLUSH_PERIOD);
        for (int page = 0; page < 3; page++) {
            storeAndMark(page, 1);
        }
        Told over = new Told();
        cache.pass(over);
        gone = true;
        steps.run();
        assertThat(over.hasFailed()).as("the third page finds no slot").isTrue();
        Told late = new Told();
        cache.pass(late);
        assertThat(late.hasFailed()).isTrue();
    }

    @Test
    void aPeriodEndsWithTheRegionsThatWereNotWrittenInIt() throws IOException {
        open(Policy.FLUSH_PERIOD);
        for (int page : new int[] {0, 4}) {
            storeAndMark(page, 1);
            cache.writeBack(page);
            steps.run();
        }
        storeAndMark(0, 2);
        volume.sweep();
        steps.run();
        assertThat(rig.dirtyInLog()).as("page 0 was written in the period").containsExactly(0);
        assertThat(Rig.in(volume, RegionState.MAYBE_DIRTY)).containsExactly(0);
        volume.sweep();
        steps.run();
        assertThat(rig.dirtyInLog()).isEmpty();
    }

    /** Where idea 4 waits: see the test of that name of a sweep of its own. */
    @Test
    void aPeriodMarksARegionCleanThatHasAPageOnItsWay() throws IOException {
        open(Policy.FLUSH_PERIOD);
        storeAndMark(0, 1);
        cache.writeBack(0);
        steps.run();
        storeAndMark(0, 2);
        cache.writeBack(0);
        steps.run(Action.WRITE_BACK_CLEAR);
        volume.sweep();
        steps.runAllBut(Action.SUBMIT);
        assertThat(rig.dirtyInLog()).as("the page was taken, and no write is waited for").isEmpty();
        steps.run();
        assertThat(rig.dirtyInLog()).as("its submit marks the region dirty again").containsExactly(0);
    }
}
